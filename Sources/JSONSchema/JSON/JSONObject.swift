/// The members of a JSON object, in the order in which they were written; no name occurs twice.
public struct JSONObject: Sendable, ExpressibleByDictionaryLiteral, Sequence {
    private(set) var members: [(key: String, value: JSONValue)] = []
    /// Where a name stands; kept only for objects that are large enough for it to pay.
    private var places: [ExactText: Int]?
    private static let indexedFrom = 16

    public init() {}

    /// With room for so many members.
    init(expecting count: Int) { members.reserveCapacity(count) }

    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        for (key, value) in elements { self[key] = value }
    }

    public var count: Int { members.count }
    public var isEmpty: Bool { members.isEmpty }
    public var keys: [String] { members.map(\.key) }

    /// Setting `nil` removes the member; a new one comes last.
    public subscript(key: String) -> JSONValue? {
        get { place(of: key).map { members[$0].value } }
        set {
            guard let value = newValue else {
                if let place = place(of: key) {
                    members.remove(at: place)
                    places = nil
                    index()
                }
                return
            }
            if let place = place(of: key) { members[place].value = value } else { append(key, value) }
        }
    }

    public func makeIterator() -> Array<(key: String, value: JSONValue)>.Iterator { members.makeIterator() }

    /// Adds a member whose name is known to be new.
    mutating func append(_ key: String, _ value: JSONValue) {
        members.append((key, value))
        if places == nil { index() } else { places?[ExactText(key)] = members.count - 1 }
    }

    /// The position of a member.
    func place(of key: String) -> Int? {
        if let places { return places[ExactText(key)] }
        for place in members.indices where members[place].key.isExactly(key) { return place }
        return nil
    }

    /// By the bytes of the names. Objects that were written canonically are sorted already.
    var sortedMembers: [(key: String, value: JSONValue)] {
        for place in members.indices.dropFirst() where !members[place - 1].key.precedesExactly(members[place].key) {
            return members.sorted { $0.key.precedesExactly($1.key) }
        }
        return members
    }

    private mutating func index() {
        guard members.count >= Self.indexedFrom else { return }
        var places: [ExactText: Int] = [:]
        places.reserveCapacity(members.count * 2)
        for (place, member) in members.enumerated() { places[ExactText(member.key)] = place }
        self.places = places
    }
}

/// Objects are equal if they have the same members, in whatever order.
extension JSONObject: Hashable {
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.count == right.count && left.members.allSatisfy { right[$0.key] == $0.value }
    }

    public func hash(into hasher: inout Hasher) {
        var combined = 0
        for (key, value) in members {
            var member = Hasher()
            key.hashExactly(into: &member)
            member.combine(value)
            combined ^= member.finalize()
        }
        hasher.combine(combined)
    }
}
