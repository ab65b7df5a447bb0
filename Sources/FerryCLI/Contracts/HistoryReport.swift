import EventContracts
import JSONSchema
import KafkaClient

/// Which of the records that a topic holds a candidate can't read.
struct HistoryReport {
    struct Offender {
        let position: String
        let key: [UInt8]?
        let reason: String
    }

    let candidate: String
    let topic: String
    private let limit: Int
    private(set) var records = 0
    private(set) var passedOver = 0
    private(set) var refused = 0
    /// The first ones, at most the limit.
    private(set) var offenders: [Offender] = []

    /// Reads all that is retained, from outside any group.
    static func read(
        _ contract: ContractSnapshot, topic: String, limit: Int, broker: BrokerOptions
    ) async throws -> HistoryReport {
        let check: RecordCheck
        do {
            check = try RecordCheck(contract)
        } catch {
            throw CommandFailure.invalid("\(error)")
        }
        var report = HistoryReport(candidate: contract.name, topic: topic, limit: limit)
        try await RangeReader(options: broker).read(
            topic: broker.physical(topic), partitions: [], from: .beginning, to: .end, follow: false
        ) { record in
            let headers = record.headers.map { EventHeader($0.name, $0.value) }
            report.note(record, check.check(topic: topic, key: record.key, headers: headers, value: record.value))
            return true
        }
        return report
    }

    private init(candidate: String, topic: String, limit: Int) {
        self.candidate = candidate
        self.topic = topic
        self.limit = limit
    }

    private mutating func note(_ record: ConsumedRecord, _ finding: RecordCheck.Finding) {
        records += 1
        switch finding {
        case .readable: break
        case .passedOver: passedOver += 1
        case .refused(let reason):
            refused += 1
            guard offenders.count < limit else { return }
            offenders.append(
                Offender(position: "\(record.topic)/\(record.partition)/\(record.offset)", key: record.key, reason: reason))
        }
    }

    var text: String {
        var lines = offenders.map { "no   \($0.position): \($0.reason)" }
        if refused > offenders.count { lines.append("     and \(refused - offenders.count) more") }
        let verdict = refused == 0 ? "yes  \(candidate) can read \(topic)" : "no   \(candidate) can't read all of \(topic)"
        lines.append("\(verdict): \(records) records, \(refused) refused, \(passedOver) of other events passed over")
        return lines.joined(separator: "\n") + "\n"
    }

    var json: JSONValue {
        [
            "candidate": .string(candidate), "compatible": .bool(refused == 0),
            "offenders": .array(
                offenders.map { offender in
                    [
                        "key": offender.key.map { .string(String(decoding: $0, as: UTF8.self)) } ?? .null,
                        "position": .string(offender.position), "reason": .string(offender.reason),
                    ]
                }),
            "passedOver": .number(JSONNumber(passedOver)), "records": .number(JSONNumber(records)),
            "refused": .number(JSONNumber(refused)), "topic": .string(topic),
        ]
    }
}
