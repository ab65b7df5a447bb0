import KafkaClient

/// What came out, held against what went in: for every key the numbers 0, 1, 2, …
struct Tally: Hashable {
    private(set) var records = 0
    private(set) var twice = 0
    private(set) var outOfOrder = 0
    /// Records that nobody has put in.
    private(set) var foreign = 0
    private var seen: [String: Set<Int>] = [:]
    private var latest: [String: Int] = [:]

    static let keys = 120

    /// The record of that number in the input.
    static func input(_ number: Int) -> (key: String, value: String) {
        ("key-\(number % keys)", "\(number / keys)")
    }

    mutating func note(_ record: ConsumedRecord) {
        let key = String(decoding: record.key ?? [], as: UTF8.self)
        guard key.hasPrefix("key-"), let number = Int(String(decoding: record.value ?? [], as: UTF8.self)) else {
            foreign += 1
            return
        }
        guard seen[key, default: []].insert(number).inserted else {
            twice += 1
            return
        }
        records += 1
        if number < latest[key] ?? -1 { outOfOrder += 1 }
        latest[key] = max(latest[key] ?? -1, number)
    }

    func missing(of count: Int) -> Int {
        (0..<count).count { number in
            let (key, value) = Self.input(number)
            return seen[key]?.contains(Int(value) ?? -1) != true
        }
    }
}
