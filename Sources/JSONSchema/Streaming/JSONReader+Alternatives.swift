extension JSONReader {
    /// The member `name` of the object ahead, which stays unread: it tells which of several kinds of object this is.
    ///
    /// Looks for no more than that: what it passes over is for the reading of the object to check.
    @inlinable
    public func tag<Value>(_ name: String, of names: JSONNames<Value>) throws(JSONRefusal) -> Value {
        names.values[try tag(name, names.table)]
    }

    @usableFromInline
    func tag(_ name: String, _ names: NameTable) throws(JSONRefusal) -> Int {
        var ahead = self
        try ahead.enter(UInt8(ascii: "{"), "an object")
        while true {
            ahead.skipSpace()
            guard ahead.next == UInt8(ascii: "\"") else { throw ahead.refusal("a member that tells which object this is") }
            let member = try ahead.parse("a name") { scanner throws(JSONParseError) in try scanner.string() }
            ahead.skipSpace()
            guard ahead.next == UInt8(ascii: ":") else { throw ahead.refusal("a colon") }
            ahead.position += 1
            if member.isExactly(name) { return try ahead.choice(names) }
            try ahead.skipValue()
            guard ahead.next == UInt8(ascii: ",") else { throw ahead.refusal("a member that tells which object this is") }
            ahead.position += 1
        }
    }

    /// Up to the comma or bracket behind a value; of what is malformed, as much as takes it there.
    private mutating func skipValue() throws(JSONRefusal) {
        var depth = 0
        while true {
            switch next {
            case UInt8(ascii: "\""):
                if try plainString().end < 0 { _ = try parse("a string") { scanner throws(JSONParseError) in try scanner.string() } }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return }
                depth -= 1
            case UInt8(ascii: ","): if depth == 0 { return }
            case 0: throw refusal("the end of a value")
            default: break
            }
            position += 1
        }
    }
}
