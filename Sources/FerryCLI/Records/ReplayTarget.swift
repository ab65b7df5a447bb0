import Foundation
import KafkaClient

/// Where the copies of a replay go.
enum ReplayTarget {
    case nowhere
    case file(FileHandle)
    case topic(String, partitions: Int, Producer, BrokerOptions)

    static func open(topic: String?, file: String?, options: BrokerOptions, dryRun: Bool) async throws -> ReplayTarget {
        if dryRun { return .nowhere }
        if let file {
            if file == "-" { return .file(.standardOutput) }
            do {
                try Data().write(to: URL(fileURLWithPath: file))
                return .file(try FileHandle(forWritingTo: URL(fileURLWithPath: file)))
            } catch {
                throw CommandFailure.invalid("\(file) can't be written: \(error.localizedDescription)")
            }
        }
        let name = options.physical(topic ?? "")
        do {
            let admin = try AdminClient(options.kafka, logger: options.logger)
            let metadata = try await admin.metadata(topics: [name], timeout: options.patience)
            await admin.close()
            let partitions = metadata.topic(name)?.partitions.count ?? 0
            guard partitions > 0 else { throw CommandFailure.invalid("the topic \(name) doesn't exist; create it first") }
            return .topic(name, partitions: partitions, try Producer(options.kafka, logger: options.logger), options)
        } catch let error as KafkaError {
            throw CommandFailure.broker(error, while: "opening \(name)")
        }
    }

    func write(_ record: ConsumedRecord) async throws {
        switch self {
        case .nowhere: break
        case .file(let handle):
            try handle.write(contentsOf: Data(RecordLine(record).json.canonicalBytes() + [0x0A]))
        case .topic(let name, let partitions, let producer, _):
            try await producer.enqueue(
                ProducerRecord(
                    topic: name, partition: Int(record.partition) < partitions ? record.partition : nil,
                    key: record.key, value: record.value, headers: record.headers,
                    timestamp: record.timestamp < 0 ? nil : record.timestamp))
        }
    }

    /// Returns when everything written is safe.
    func finish() async throws {
        if case .topic(_, _, let producer, let options) = self { try await producer.flush(timeout: max(options.patience, .seconds(60))) }
    }

    func close() async {
        switch self {
        case .nowhere: break
        case .file(let handle): try? handle.close()
        case .topic(_, _, let producer, _): await producer.close(timeout: .seconds(1))
        }
    }
}
