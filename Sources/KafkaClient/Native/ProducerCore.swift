internal import CLibrdkafka
import Logging
import Synchronization

/// What both kinds of producer share: putting records into librdkafka's local queue, waiting
/// for room in it, and the way down.
///
/// Unchecked: `topics` holds pointers, all of which are used under the mutex.
final class ProducerCore: @unchecked Sendable {
    private struct State {
        var isOpen = true
        /// By handle a record costs 133 ns to enqueue, by name 412.
        var topics: [String: OpaquePointer] = [:]
        var lastName = ""
        var lastTopic: OpaquePointer?
        var waiting = WaitingSenders()
        /// How many records, to know when to take reports.
        var sent = 0
    }

    /// How often a sender takes the reports of what arrived: a lock each time, against memory that waits.
    private static let recordsBetweenReports = 256
    /// In milliseconds. Whoever awaited a record may be on the way before the report that takes it off the
    /// queue, and then it is not to count as undelivered.
    private static let moment: Int32 = 10

    let handle: ClientHandle
    let reports: DeliveryReports
    private let name: String
    /// The largest record that can ever fit: a larger one would wait for room for ever.
    private let queueBytes: Int
    /// One lock a record covers the check for close, the topic's handle and the order of
    /// senders. It is held for the enqueue itself, some 130 ns; nothing blocks under it.
    private let state = Mutex(State())

    init(
        named name: String,
        _ configuration: NativeConfiguration,
        logger: Logger
    ) throws(KafkaError) {
        let reports = DeliveryReports()
        queueBytes = (configuration.value(of: "queue.buffering.max.kbytes").flatMap(Int.init) ?? 1_048_576) * 1024
        handle = try ClientHandle(
            .producer, named: name, configuration,
            events: ClientEvents(for: configuration, logger: logger, deliveries: reports)
        )
        self.name = name
        self.reports = reports
        reports.onRoomFreed { [weak self] in self?.admitWaiting() }
    }

    // MARK: - Sending

    /// Returns when librdkafka has its own copy of the record.
    ///
    /// On the caller's executor: a hop to another thread and back costs several times what the
    /// enqueue does.
    nonisolated(nonsending) func enqueue(
        _ record: ProducerRecord,
        reportingTo waiter: DeliveryReports.Waiter? = nil
    ) async throws(KafkaError) {
        let isQueued = try record.lend { (lent) throws(KafkaError) in try enqueueNow(lent, waiter) }
        if !isQueued { try await awaitRoom(record, waiter) }
    }

    /// Returns when the broker has acknowledged the record.
    nonisolated(nonsending) func send(_ record: ProducerRecord) async throws(KafkaError) -> Delivery {
        let waiter = DeliveryReports.Waiter()
        try await enqueue(record, reportingTo: waiter)
        return try await waiter.value()
    }

    /// `false` if there is no room, or someone waits for it already.
    func enqueueNow(_ record: LentRecord, _ waiter: DeliveryReports.Waiter?) throws(KafkaError) -> Bool {
        var (code, isTimeToServe) = tryToProduce(record, waiter)
        if isTimeToServe { handle.serve() }
        if code == RD_KAFKA_RESP_ERR__QUEUE_FULL {
            // What has arrived counts until its reports are taken.
            handle.serve()
            code = tryToProduce(record, waiter).code
        }
        switch code {
        case RD_KAFKA_RESP_ERR_NO_ERROR: return true
        case RD_KAFKA_RESP_ERR__QUEUE_FULL: return false
        default: throw refusal(code, of: record)
        }
    }

    private func tryToProduce(
        _ record: LentRecord,
        _ waiter: DeliveryReports.Waiter?
    ) -> (code: rd_kafka_resp_err_t, isTimeToServe: Bool) {
        state.withLock { state in
            guard state.isOpen else { return (RD_KAFKA_RESP_ERR__DESTROY, false) }
            guard state.waiting.isEmpty else { return (RD_KAFKA_RESP_ERR__QUEUE_FULL, false) }
            let code = produce(record, waiter, &state)
            state.sent = state.sent &+ 1
            return (code, state.sent % Self.recordsBetweenReports == 0)
        }
    }

    private nonisolated(nonsending) func awaitRoom(
        _ record: ProducerRecord,
        _ waiter: DeliveryReports.Waiter?
    ) async throws(KafkaError) {
        let bytes = (record.key?.count ?? 0) + (record.value?.count ?? 0)
        guard bytes < queueBytes else { throw record.lend { refusal(RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, of: $0) } }
        if Task.isCancelled { throw .cancelled }

        try handle.use { _ in handle.main?.beginServing() }
        // After a close there is nothing left to end.
        defer { try? handle.use { _ in handle.main?.endServing() } }
        let admission = OneShot<Result<Void, KafkaError>>()
        let ticket = state.withLock { state -> UInt64? in
            // Behind the close nobody would let it in.
            guard state.isOpen else { return nil }
            return state.waiting.append(.init(record: record, delivery: waiter, admission: admission))
        }
        guard let ticket else { throw .closed(name) }
        // Room may have come since: the report that freed it found nobody waiting.
        admitWaiting()
        try await withTaskCancellationHandler {
            await admission.value()
        } onCancel: {
            // Under the lock of the admission: a record is either taken over or given up.
            let gaveUp = state.withLock { $0.waiting.remove(ticket) }
            gaveUp?.admission.resolve(.failure(.cancelled))
        }.get()
    }

    /// Lets in, in their order, as many as there is room for.
    private func admitWaiting() {
        let admitted = state.withLock { state in
            var admitted: [(WaitingSenders.Sender, rd_kafka_resp_err_t)] = []
            guard state.isOpen else { return admitted }
            while let sender = state.waiting.first {
                let code = sender.record.lend { produce($0, sender.delivery, &state) }
                if code == RD_KAFKA_RESP_ERR__QUEUE_FULL { break }
                state.waiting.removeFirst()
                admitted.append((sender, code))
            }
            return admitted
        }
        // Not under the lock: to resume a task takes a lock of that task, under which its
        // cancellation asks for this one.
        for (sender, code) in admitted {
            sender.admission.resolve(
                code == RD_KAFKA_RESP_ERR_NO_ERROR ? .success(()) : .failure(sender.record.lend { refusal(code, of: $0) })
            )
        }
    }

    private func produce(
        _ record: LentRecord,
        _ waiter: DeliveryReports.Waiter?,
        _ state: inout State
    ) -> rd_kafka_resp_err_t {
        if let timestamp = record.timestamp, timestamp <= 0 { return RD_KAFKA_RESP_ERR__INVALID_ARG }
        guard let topic = topic(record.topic, &state) else { return rd_kafka_last_error() }
        let headers = record.headers.isEmpty ? nil : Self.headers(record.headers)
        let opaque = waiter.map(reports.opaque(of:))
        let code = ferry_produce(
            handle.client, topic, record.partition ?? RD_KAFKA_PARTITION_UA,
            record.key, record.value, record.timestamp ?? 0, headers, opaque
        )
        if code != RD_KAFKA_RESP_ERR_NO_ERROR {
            if let opaque { reports.take(opaque) }
            if let headers { rd_kafka_headers_destroy(headers) }
        }
        return code
    }

    private func topic(_ name: String, _ state: inout State) -> OpaquePointer? {
        if let topic = state.lastTopic, state.lastName == name { return topic }
        guard let topic = state.topics[name] ?? rd_kafka_topic_new(handle.client, name, nil) else { return nil }
        state.topics[name] = topic
        (state.lastName, state.lastTopic) = (name, topic)
        return topic
    }

    private static func headers(_ headers: [KafkaHeader]) -> OpaquePointer? {
        let list = rd_kafka_headers_new(headers.count)
        // By index: unoptimized, an iterator makes a box of each.
        for index in headers.indices {
            let header = headers[index]
            var name = header.name
            name.withUTF8 { name in
                name.withMemoryRebound(to: CChar.self) { name in
                    _ = header.value.withKafkaBytes { value in
                        rd_kafka_header_add(list, name.baseAddress, name.count, value.bytes, value.count)
                    }
                }
            }
        }
        return list
    }

    private func refusal(_ code: rd_kafka_resp_err_t, of record: LentRecord) -> KafkaError {
        if code == RD_KAFKA_RESP_ERR__DESTROY { return .closed(name) }
        // Refused because of what happened before: the code is that of the fatal error.
        if let fatal = try? handle.use({ KafkaError.fatal(of: $0) }) { return fatal }
        switch code {
        case RD_KAFKA_RESP_ERR__INVALID_ARG where (record.timestamp ?? 1) <= 0:
            return KafkaError(.invalidArgument, "a record's timestamp must be above zero")
        default:
            return KafkaError(
                native: code, "not accepted for \(record.topic)",
                topicPartition: record.partition.map { TopicPartition(record.topic, $0) }
            )
        }
    }

    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Zero after the close.
    var queuedCount: Int {
        // What has arrived counts until its reports are taken.
        handle.serve()
        return (try? handle.use { Int(rd_kafka_outq_len($0)) }) ?? 0
    }

    // MARK: - Flush and end

    /// Whether everything was delivered or failed within the time.
    func flush(timeout: Duration) async throws(KafkaError) {
        let milliseconds = max(timeout.kafkaMilliseconds, Self.moment)
        do throws(KafkaError) {
            try await handle.block(abandonable: true) { client in
                let code = rd_kafka_flush(client, milliseconds)
                return code == RD_KAFKA_RESP_ERR_NO_ERROR
                    ? .success(())
                    : .failure(KafkaError(native: code, "\(rd_kafka_outq_len(client)) records are not delivered yet"))
            }
        } catch {
            throw handle.explained(error)
        }
    }

    /// Drops what has not been delivered: each record fails with ``KafkaError/Code-swift.struct/purged``.
    func purge(inFlight: Bool) throws(KafkaError) {
        try handle.use { (client) throws(KafkaError) in
            let flags = RD_KAFKA_PURGE_F_QUEUE | (inFlight ? RD_KAFKA_PURGE_F_INFLIGHT : 0)
            let code = rd_kafka_purge(client, flags)
            if code != RD_KAFKA_RESP_ERR_NO_ERROR { throw KafkaError(native: code) }
        }
    }

    /// Refuses new records, waits for the old ones, drops the rest with a report for each, and
    /// destroys the client. Returns how many were lost: dropped now, or pipelined and failed
    /// since the last flush, which nobody has been told. Called once.
    func close(timeout: Duration) async -> Int {
        let waiting = state.withLock { state in
            state.isOpen = false
            return state.waiting.removeAll()
        }
        for sender in waiting { sender.admission.resolve(.failure(.closed(name))) }

        let milliseconds = max(timeout.kafkaMilliseconds, Self.moment)
        let left = try? await handle.block(abandonable: false) { client -> Result<Int, KafkaError> in
            let code = rd_kafka_flush(client, milliseconds)
            let failed = self.reports.takeFailures()?.count ?? 0
            if code == RD_KAFKA_RESP_ERR_NO_ERROR { return .success(failed) }
            let undelivered = rd_kafka_outq_len(client)
            rd_kafka_purge(client, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT)
            // For the reports of what was purged, which settle those who wait for them.
            rd_kafka_flush(client, 5000)
            return .success(failed + Int(undelivered))
        }
        await handle.destroy {
            self.state.withLock { state in
                for topic in state.topics.values { rd_kafka_topic_destroy(topic) }
                (state.topics, state.lastTopic) = ([:], nil)
            }
        }
        return waiting.count + (left ?? 0)
    }

    deinit {
        for topic in state.withLock({ $0.topics.values }) { rd_kafka_topic_destroy(topic) }
    }
}
