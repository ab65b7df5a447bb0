/// A place in a JSON document (RFC 6901).
public struct JSONPointer: Sendable, CustomStringConvertible {
    public private(set) var tokens: [String]

    public init(_ tokens: [String] = []) { self.tokens = tokens }

    /// `nil` for text that doesn't begin with a slash, and for a `~` that escapes nothing.
    public init?(text: String) {
        tokens = []
        guard !text.isEmpty else { return }
        for part in text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            var token: [UInt8] = []
            var bytes = part.makeIterator()
            while let byte = bytes.next() {
                guard byte == UInt8(ascii: "~") else {
                    token.append(byte)
                    continue
                }
                switch bytes.next() {
                case UInt8(ascii: "0"): token.append(UInt8(ascii: "~"))
                case UInt8(ascii: "1"): token.append(UInt8(ascii: "/"))
                default: return nil
                }
            }
            tokens.append(String(decoding: token, as: UTF8.self))
        }
        guard tokens.removeFirst().isEmpty else { return nil }
    }

    public func appending(_ token: String) -> JSONPointer { JSONPointer(tokens + [token]) }
    public func appending(_ index: Int) -> JSONPointer { appending(String(index)) }

    /// Empty for the whole document, else `/a/b~1c`.
    public var description: String {
        tokens.map { "/" + $0.replacing("~", with: "~0").replacing("/", with: "~1") }.joined()
    }

    /// The index into an array that a token is: decimal digits, without needless zeros.
    static func index(_ token: String) -> Int? {
        let bytes = token.utf8
        guard let first = bytes.first, bytes.allSatisfy({ (48...57).contains($0) }), first != 48 || bytes.count == 1 else { return nil }
        return Int(token)
    }
}

extension JSONPointer: Hashable {
    public static func == (left: JSONPointer, right: JSONPointer) -> Bool {
        left.tokens.elementsEqual(right.tokens) { $0.isExactly($1) }
    }

    public func hash(into hasher: inout Hasher) {
        for token in tokens { token.hashExactly(into: &hasher) }
    }
}
