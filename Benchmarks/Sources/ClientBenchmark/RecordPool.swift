import KafkaClient

/// The records of `c-reference`, byte for byte: windows of one block of text, so they cost nothing to make.
struct RecordPool {
    private static let keySize = 16
    private static let valueSize = 300
    private static let size = 4 << 20

    let text: [UInt8]

    init() {
        var state: UInt32 = 7
        text = (0..<Self.size + Self.valueSize).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(ascii: "a") + UInt8((state >> 24) % 26)
        }
    }

    func key(_ index: Int) -> Range<Int> { window(at: index * 17, Self.keySize) }
    func value(_ index: Int) -> Range<Int> { window(at: index * 331, Self.valueSize) }

    private func window(at start: Int, _ count: Int) -> Range<Int> {
        start % Self.size..<start % Self.size + count
    }

    /// The same as arrays of their own.
    func record(_ index: Int, topic: String, headers: [KafkaHeader] = []) -> ProducerRecord {
        ProducerRecord(topic: topic, key: Array(text[key(index)]), value: Array(text[value(index)]), headers: headers)
    }

    func headers(_ count: Int) -> [KafkaHeader] {
        ["ce_id", "ce_type", "ce_source", "ce_specversion"].prefix(count).enumerated().map { index, name in
            KafkaHeader(name, Array(text[value(index)].prefix(24)))
        }
    }
}
