/// The records of `c-reference`, byte for byte: windows of one block of text, so they cost nothing to make.
struct RecordPool {
    static let keySize = 16
    static let valueSize = 300
    private static let size = 4 << 20

    private let text: [UInt8]

    init() {
        var state: UInt32 = 7
        text = (0..<Self.size + Self.valueSize).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(ascii: "a") + UInt8((state >> 24) % 26)
        }
    }

    func key(_ index: Int) -> [UInt8] { window(at: index * 17, Self.keySize) }
    func value(_ index: Int) -> [UInt8] { window(at: index * 331, Self.valueSize) }

    private func window(at start: Int, _ count: Int) -> [UInt8] {
        let start = start % Self.size
        return Array(text[start..<start + count])
    }
}
