import NIOCore

/// A value of the Kafka protocol, as messages are made of: read by name, so that a handler says what it means.
///
///     for topic in request.topics.elements { … topic.name.text … }
///
/// A field that a message's version doesn't have reads as what its schema says for that, or else as empty.
@dynamicMemberLookup
enum WireValue: Hashable, Sendable {
    case int(Int64)
    case bool(Bool)
    case string(String?)
    /// Bytes and record batches: a slice of what came in, never copied.
    case bytes(ByteBuffer?)
    case array([WireValue]?)
    case structure([String: WireValue])

    subscript(dynamicMember name: String) -> WireValue {
        guard case .structure(let fields) = self, let value = fields[name] else { return .string(nil) }
        return value
    }

    var int: Int64 { if case .int(let value) = self { value } else { 0 } }
    var int32: Int32 { Int32(truncatingIfNeeded: int) }
    var int16: Int16 { Int16(truncatingIfNeeded: int) }
    var isTrue: Bool { if case .bool(let value) = self { value } else { false } }
    var optionalText: String? { if case .string(let value) = self { value } else { nil } }
    /// Empty for NULL.
    var text: String { optionalText ?? "" }
    var buffer: ByteBuffer? { if case .bytes(let value) = self { value } else { nil } }
    /// `nil` for NULL, which often means "all".
    var optionalElements: [WireValue]? { if case .array(let value) = self { value } else { nil } }
    var elements: [WireValue] { optionalElements ?? [] }
}

extension WireValue: ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByStringLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(integerLiteral value: Int64) { self = .int(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(stringLiteral value: String) { self = .string(value) }
    init(arrayLiteral elements: WireValue...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, WireValue)...) {
        self = .structure(Dictionary(elements, uniquingKeysWith: { $1 }))
    }

    init(_ value: some BinaryInteger) { self = .int(Int64(truncatingIfNeeded: value)) }
    init(_ error: ErrorCode) { self = .int(Int64(error.rawValue)) }
    init(_ text: String?) { self = .string(text) }

    static func list(_ elements: some Sequence<WireValue>) -> WireValue { .array(Array(elements)) }

    /// Of a request's topics: the same topics and partitions for the answer, each partition as `body` has it.
    func perPartition(_ body: (_ topic: String, _ entry: WireValue) -> WireValue) -> WireValue {
        .list(elements.map { topic in
            ["name": topic.name, "partitions": .list(topic.partitions.elements.map { body(topic.name.text, $0) })]
        })
    }
}
