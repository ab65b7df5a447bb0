extension JSONReader {
    /// How far an object is read.
    public struct Members {
        /// So far, undeclared ones with them.
        public fileprivate(set) var count = 0
        /// The number of the name that comes next in a canonical document.
        fileprivate var likely = 0
        /// The numbers of the names that were there, as far as 64 bits go.
        fileprivate var seen: UInt64 = 0
        fileprivate var more: MoreNames?
    }

    public mutating func beginObject() throws(JSONRefusal) -> Members {
        try enter(UInt8(ascii: "{"), "an object")
        return Members()
    }

    /// The next declared member, whose value is to be read then; `nil` at the end of the object. Undeclared ones are passed over.
    @inlinable
    public mutating func nextMember<Value>(
        of names: JSONNames<Value>, _ members: inout Members
    ) throws(JSONRefusal) -> Value? {
        let name = try nextMember(names.table, &members)
        return name < 0 ? nil : names.values[name]
    }

    /// The number of its name; -1 at the end of the object.
    @usableFromInline
    mutating func nextMember(_ names: NameTable, _ members: inout Members) throws(JSONRefusal) -> Int {
        let likely = members.likely
        let end = names.likely(likely, bytes.span, at: position, isFirst: members.count == 0)
        guard end > 0 else { return try anyMember(names, &members) }
        position = end
        members.count += 1
        let bit = 1 &<< UInt64(likely) as UInt64
        if likely < 64, members.seen & bit == 0 {
            members.likely = likely + 1
            members.seen |= bit
        } else {
            try note(likely, in: &members)
        }
        return likely
    }

    private mutating func anyMember(_ names: NameTable, _ members: inout Members) throws(JSONRefusal) -> Int {
        while true {
            skipSpace()
            if next == UInt8(ascii: "}") {
                position += 1
                depth -= 1
                return -1
            }
            if members.count > 0 {
                guard next == UInt8(ascii: ",") else { throw refusal("a comma, or the end of the object") }
                position += 1
                skipSpace()
            }
            members.count += 1
            let name = try memberName(names, &members)
            skipSpace()
            guard next == UInt8(ascii: ":") else { throw refusal("a colon") }
            position += 1
            if name >= 0 {
                try note(name, in: &members)
                return name
            }
            try parse("a value") { scanner throws(JSONParseError) in try scanner.pass() }
        }
    }

    /// The number of the name at hand; -1 for one that isn't declared.
    private mutating func memberName(_ names: NameTable, _ members: inout Members) throws(JSONRefusal) -> Int {
        let (number, name) = try name(names)
        if number < 0 {
            let more = members.more ?? MoreNames()
            members.more = more
            guard more.undeclared.insert(ExactText(name)).inserted else { throw refusal("a name that hasn't been there") }
        }
        return number
    }

    private func note(_ name: Int, in members: inout Members) throws(JSONRefusal) {
        members.likely = name + 1
        if name < 64 {
            guard members.seen & 1 << UInt64(name) == 0 else { throw refusal("a name that hasn't been there") }
            members.seen |= 1 << UInt64(name)
        } else {
            let more = members.more ?? MoreNames()
            members.more = more
            guard more.declared.insert(name).inserted else { throw refusal("a name that hasn't been there") }
        }
    }

    /// The number of the string at hand among the names; -1 with the string for another one.
    mutating func name(_ names: NameTable) throws(JSONRefusal) -> (number: Int, other: String) {
        let start = position
        let end = try plainString().end
        if end >= 0 {
            let number = names.number(of: bytes.span, from: start, to: end)
            if number >= 0 { return (number, "") }
            position = start
        }
        let name = try parse("a string") { scanner throws(JSONParseError) in try scanner.string() }
        let quoted = Array("\"\(name)\"".utf8)
        return (names.number(of: quoted.span, from: 0, to: quoted.count), name)
    }

    /// An object that declares no members.
    public mutating func emptyObject() throws(JSONRefusal) {
        var members = try beginObject()
        while try nextMember(.none, &members) >= 0 {}
    }

    /// - Parameter element: reads one item.
    @inlinable
    public mutating func array<Element>(
        count range: ClosedRange<Int> = 0...Int.max, _ element: (inout JSONReader) throws(JSONRefusal) -> Element
    ) throws(JSONRefusal) -> [Element] {
        var items: [Element] = []
        try beginArray()
        while try nextItem(items.count) {
            // Arrays begin with room for one element, and double.
            if items.isEmpty { items.reserveCapacity(4) }
            items.append(try element(&self))
        }
        try check(range.contains(items.count), "another number of items")
        return items
    }

    /// With no item twice.
    @inlinable
    public mutating func uniqueArray<Element: Hashable>(
        count range: ClosedRange<Int> = 0...Int.max, _ element: (inout JSONReader) throws(JSONRefusal) -> Element
    ) throws(JSONRefusal) -> [Element] {
        let items = try array(count: range, element)
        // Items that differ in what isn't declared, or in the accents of a string, are the same to Swift.
        try check(isTrusting || Set(items).count == items.count, "no item twice")
        return items
    }

    @usableFromInline
    mutating func beginArray() throws(JSONRefusal) { try enter(UInt8(ascii: "["), "an array") }

    /// Whether there is another item after those that were read.
    @usableFromInline
    mutating func nextItem(_ count: Int) throws(JSONRefusal) -> Bool {
        skipSpace()
        if next == UInt8(ascii: "]") {
            position += 1
            depth -= 1
            return false
        }
        guard count > 0 else { return true }
        guard next == UInt8(ascii: ",") else { throw refusal("a comma, or the end of the array") }
        position += 1
        return true
    }
}

/// What few objects have: names that aren't declared, and declared ones beyond the first 64.
private final class MoreNames {
    var declared: Set<Int> = []
    var undeclared: Set<ExactText> = []
}
