/// The members of a JSON object, in the order in which they were written; no name occurs twice.
public struct JSONObject: Sendable, ExpressibleByDictionaryLiteral, Sequence {
    private var members: [(key: String, value: JSONValue)] = []
    /// Where a name stands; kept only for objects that are large enough for it to pay.
    private var places: [String: Int] = [:]
    private static let indexedFrom = 12

    public init() {}

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
            switch (place(of: key), newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil):
                members.remove(at: place)
                reindex()
            case (nil, let value?):
                members.append((key, value))
                if members.count == Self.indexedFrom {
                    reindex()
                } else if members.count > Self.indexedFrom {
                    places[key] = members.count - 1
                }
            case (nil, nil): break
            }
        }
    }

    public func makeIterator() -> Array<(key: String, value: JSONValue)>.Iterator { members.makeIterator() }

    private func place(of key: String) -> Int? {
        members.count < Self.indexedFrom ? members.firstIndex { $0.key == key } : places[key]
    }

    private mutating func reindex() {
        places = [:]
        guard members.count >= Self.indexedFrom else { return }
        for (index, member) in members.enumerated() { places[member.key] = index }
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
            member.combine(key)
            member.combine(value)
            combined ^= member.finalize()
        }
        hasher.combine(combined)
    }
}
