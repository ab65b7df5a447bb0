import EventContracts

/// Turns one record and the state of its key into what should be written: the whole of the runtime's
/// decision, with no Kafka in it. Workers, tests and replays all run this same code.
///
/// Pure: the same record on the same state gives the same ``Step``.
public struct Processor<Handler: EventHandler>: Sendable {
    public typealias Contract = Handler.Contract

    private let handler: Handler
    private let topics: ServiceTopics

    public init(_ handler: Handler, topics: ServiceTopics = ServiceTopics(Contract.manifest)) {
        self.handler = handler
        self.topics = topics
    }

    /// - Parameter current: what is remembered of the record's key, see ``key(of:)``.
    public func process(_ record: InputRecord, current: KeyState<Contract>) -> Step<Contract> {
        do {
            return try decide(record, current: current)
        } catch {
            return deadLetter(record, error.reason)
        }
    }

    /// The key that a record's state is kept under; `nil` where it has none that is usable.
    public static func key(of record: InputRecord) -> String? {
        record.key.flatMap { String(validating: $0, as: UTF8.self) }
    }

    /// Preserves a record in the service's dead letter topic: key, value and headers unchanged, its origin and the
    /// reason in headers outside the event.
    public func deadLetter(_ record: InputRecord, _ reason: DeadLetterReason) -> Step<Contract> {
        let letter = OutgoingRecord(
            topic: topics.deadLetters,
            partition: record.position.partition,
            timestamp: record.timestamp,
            key: record.key,
            value: record.value,
            headers: record.headers + [
                EventHeader(HeaderName.deadLetterOriginalTopic, record.position.topic),
                EventHeader(HeaderName.deadLetterOriginalPartition, "\(record.position.partition)"),
                EventHeader(HeaderName.deadLetterOriginalOffset, "\(record.position.offset)"),
                EventHeader(HeaderName.deadLetterOriginalTimestamp, "\(record.timestamp ?? -1)"),
                EventHeader(HeaderName.deadLetterGroup, topics.group),
                EventHeader(HeaderName.deadLetterErrorClass, reason.errorClass.rawValue),
                EventHeader(HeaderName.deadLetterReason, reason.detail),
                EventHeader(HeaderName.deadLetterAttempts, "1"),
            ]
        )
        return Step(.deadLettered(reason), records: [letter])
    }

    private func decide(
        _ record: InputRecord,
        current: KeyState<Contract>
    ) throws(DeadLetterReasonError) -> Step<Contract> {
        guard let key = Self.key(of: record) else {
            let found = record.key == nil ? "no key" : "a key that is not UTF-8"
            throw DeadLetterReasonError(.unusableKey, "the record has \(found); a stateful service needs one")
        }
        let event = try envelope(of: record)
        var next = current
        let input: Contract.Input
        switch record.position.topic {
        case topics.timers:
            let fired = try TimerFired(data: event.data ?? [])
            guard
                let index = current.timers.firstIndex(where: {
                    $0.timer.rawValue == fired.timer && $0.id == fired.id && $0.dueAt == fired.dueAt
                }),
                let timerInput = Contract.input(timer: current.timers[index].timer, id: fired.id)
            else { return Step(.ignored(.timerNotPending)) }
            next.timers.remove(at: index)
            input = timerInput
        case topics.results:
            guard let index = current.effects.firstIndex(where: { $0.id == event.causationID }) else {
                return Step(.ignored(.effectNotPending))
            }
            guard let result = try decode(event) else { return Step(.ignored(.undeclaredType)) }
            next.effects.remove(at: index)
            input = result
        default:
            guard let decoded = try decode(event) else { return Step(.ignored(.undeclaredType)) }
            input = decoded
        }
        return try run(input, event: event, record: record, key: key, current: next, before: current)
    }

    private func run(
        _ input: Contract.Input,
        event: CloudEvent,
        record: InputRecord,
        key: String,
        current: KeyState<Contract>,
        before: KeyState<Contract>
    ) throws(DeadLetterReasonError) -> Step<Contract> {
        let context = Context(
            key: key,
            inputID: event.id,
            inputSource: event.source,
            timeMilliseconds: record.timestamp ?? event.time?.milliseconds ?? 0
        )
        var next = current
        let disposition: Step<Contract>.Disposition
        let events: [Contract.Output]
        do {
            let outcome = try handler.handle(input, state: current.state, context: context)
            next.apply(outcome, context: context, cause: event)
            events = outcome.events
            disposition = .handled
        } catch {
            events = handler.reject(error, of: input, state: current.state, context: context)
            disposition = .rejected(reason: "\(error)")
        }
        var records: [OutgoingRecord] = []
        for (index, output) in events.enumerated() {
            records.append(try outgoing(output, index: index, cause: event, record: record, context: context))
        }
        return Step(disposition, records: records, change: next == before ? nil : try change(to: next))
    }

    /// A state, or an effect, that its own schema forbids is a defect of the service: told by a dead letter like an invalid output,
    /// since a batch that can't be written would be read again for ever.
    private func change(to next: KeyState<Contract>) throws(DeadLetterReasonError) -> Step<Contract>.Change {
        do {
            return Step.Change(keyState: next, changelogValue: try Changelog().encode(next))
        } catch {
            throw DeadLetterReasonError(.invalidOutput, "\(Contract.manifest.name) would keep an invalid state: \(error)")
        }
    }

    private func outgoing(
        _ output: Contract.Output,
        index: Int,
        cause: CloudEvent,
        record: InputRecord,
        context: Context
    ) throws(DeadLetterReasonError) -> OutgoingRecord {
        let data: [UInt8]
        do {
            data = try output.encode()
        } catch {
            throw DeadLetterReasonError(.invalidOutput, "\(Contract.manifest.name) produced an invalid \(output.type): \(error)")
        }
        let event = CloudEvent(
            id: context.id("\(Contract.manifest.name)/event/\(index)"),
            source: "/\(Contract.manifest.name)",
            type: output.type,
            time: Timestamp(milliseconds: context.timeMilliseconds),
            dataSchema: output.schemaID,
            partitionKey: context.key,
            correlationID: cause.correlationID ?? cause.id,
            causationID: cause.id,
            traceParent: cause.traceParent,
            data: data
        )
        return OutgoingRecord(
            topic: topics.physical(Contract.topic(of: output)),
            partition: record.position.partition,
            timestamp: context.timeMilliseconds,
            key: record.key,
            value: data,
            headers: event.headers()
        )
    }

    private func envelope(of record: InputRecord) throws(DeadLetterReasonError) -> CloudEvent {
        do {
            return try CloudEvent(headers: record.headers, value: record.value)
        } catch {
            throw DeadLetterReasonError(.malformedEnvelope, "\(error)")
        }
    }

    private func decode(_ event: CloudEvent) throws(DeadLetterReasonError) -> Contract.Input? {
        do {
            guard Contract.Input.types.contains(event.type), event.data == nil else {
                return try Contract.Input.decode(type: event.type, data: event.data ?? [])
            }
        } catch {
            throw DeadLetterReasonError(error)
        }
        throw DeadLetterReasonError(.malformedData, "\(event.type) has no data: the record is a tombstone")
    }
}
