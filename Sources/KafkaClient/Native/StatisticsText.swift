import Synchronization

/// The last statistics, as the JSON text that librdkafka made; taken apart when someone asks.
final class StatisticsText: Sendable {
    private let text = Mutex<[UInt8]?>(nil)

    func set(_ json: UnsafePointer<CChar>) {
        var count = 0
        while json[count] != 0 { count += 1 }
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            for index in 0..<count { buffer.initializeElement(at: index, to: UInt8(bitPattern: json[index])) }
            initialized = count
        }
        text.withLock { $0 = bytes }
    }

    func last() throws(KafkaError) -> Statistics? {
        guard let json = text.withLock({ $0 }) else { return nil }
        return try Statistics(json: json)
    }
}
