import EventContracts
import KafkaClient

/// Reads what the workers announced: the last word of each key.
struct AnnouncementReader {
    let broker: BrokerOptions

    /// Sorted by key.
    ///
    /// - Throws: ``CommandFailure`` if there is no such topic, and for a record in it that is no announcement: whoever goes by what runs
    ///   must not overlook any of it.
    func read() async throws -> [ContractAnnouncement] {
        try await records().sorted { $0.key < $1.key }.map { key, record throws(CommandFailure) in
            do {
                let event = try CloudEvent(headers: record.headers.map { EventHeader($0.name, $0.value) }, value: record.value)
                return try ContractAnnouncement(event: event)
            } catch {
                throw .invalid(
                    "\(record.topic)/\(record.partition)/\(record.offset): \(error); `ferry contracts retire \(key)` takes it out")
            }
        }
    }

    /// The last record of each key, announcement or not.
    func records() async throws -> [String: ConsumedRecord] {
        let topic = broker.physical(ContractAnnouncement.topic)
        var last: [String: ConsumedRecord] = [:]
        try await RangeReader(options: broker).read(topic: topic, partitions: [], from: .beginning, to: .end, follow: false) { record in
            last[record.key.map { String(decoding: $0, as: UTF8.self) } ?? ""] = record.value == nil ? nil : record
            return true
        }
        return last
    }
}
