internal import CLibrdkafka
import Logging

/// What librdkafka tells a client from its own threads: log lines, errors of the connections,
/// delivery reports, answers to requests.
///
/// Log lines come from any of its threads. Of the rest, a consumer's arrives on librdkafka's background thread, which
/// blocks in its queue (`rd_kafka_conf_set_background_event_cb`). That keeps these events off the queue
/// that `poll` serves: polling any queue resets the `max.poll.interval.ms` timer (librdkafka #4176),
/// and a thread that did so would hide a stuck handler. A producer's goes by way of its ``MainQueue``.
final class ClientEvents: Sendable {
    let logger: Logger
    let replies = PendingReplies()
    /// Where delivery reports go; only a producer has one.
    let deliveries: DeliveryReports?
    /// Where rebalances go; only a consumer has one.
    let rebalances: RebalanceInbox?
    let statistics = StatisticsText()
    private let tokens: TokenRefresh?
    let trouble = ConnectionTrouble()

    init(
        for configuration: NativeConfiguration,
        logger: Logger,
        deliveries: DeliveryReports? = nil,
        rebalances: RebalanceInbox? = nil
    ) {
        self.logger = logger
        tokens = configuration.tokens.map { TokenRefresh($0, logger: logger) }
        self.deliveries = deliveries
        self.rebalances = rebalances
    }

    /// Called before the client is destroyed: what runs on its own must let go of it.
    func close() async {
        replies.close()
        await tokens?.close()
    }

    // MARK: - Registration

    func register(in configuration: OpaquePointer?) {
        rd_kafka_conf_set_opaque(configuration, Unmanaged.passUnretained(self).toOpaque())
        rd_kafka_conf_set_background_event_cb(configuration) { client, event, opaque in
            guard let client, let event, let opaque else { return }
            Unmanaged<ClientEvents>.fromOpaque(opaque).takeUnretainedValue()
                .receive(event, from: client)
        }
        rd_kafka_conf_set_log_cb(configuration) { client, level, facility, text in
            guard let client, let text, let opaque = rd_kafka_opaque(client) else { return }
            Unmanaged<ClientEvents>.fromOpaque(opaque).takeUnretainedValue()
                .log(level: level, facility: facility.map { String(cString: $0) } ?? "", text: text)
        }
        var events = RD_KAFKA_EVENT_ERROR | RD_KAFKA_EVENT_STATS
        if deliveries != nil {
            events |= RD_KAFKA_EVENT_DR
            DeliveryReports.settleArrivals(by: configuration)
        }
        rd_kafka_conf_set_events(configuration, events)
        if tokens != nil {
            // As a callback, on the background thread (``start(with:)``): 2.0.2 makes no event of it.
            rd_kafka_conf_enable_sasl_queue(configuration, 1)
            rd_kafka_conf_set_oauthbearer_token_refresh_cb(configuration) { client, _, opaque in
                guard let client, let opaque else { return }
                Unmanaged<ClientEvents>.fromOpaque(opaque).takeUnretainedValue().tokens?.refresh(client)
            }
        }
        if rebalances != nil {
            // As a callback, not as an event: rd_kafka_consume_batch_queue hands out messages
            // only and would drop the event. The callback runs in the thread that drains.
            rd_kafka_conf_set_rebalance_cb(configuration) { client, code, partitions, opaque in
                guard let client, let opaque else { return }
                Unmanaged<ClientEvents>.fromOpaque(opaque).takeUnretainedValue()
                    .rebalances?.receive(code, partitions, from: client)
            }
        }
    }

    /// Once there is a client, before anything waits for it.
    func start(with client: OpaquePointer) {
        // Fails where there is no such queue or no background thread, and both have been asked for.
        if tokens != nil { rd_kafka_error_destroy(rd_kafka_sasl_background_callbacks_enable(client)) }
    }

    // MARK: - Events

    /// Takes the event over. Called from the background thread, and for a producer from any other one.
    func receive(_ event: OpaquePointer, from client: OpaquePointer) {
        switch rd_kafka_event_type(event) {
        case RD_KAFKA_EVENT_DR:
            deliveries?.receive(event, from: client)
        case RD_KAFKA_EVENT_ERROR:
            receiveError(event, from: client)
            rd_kafka_event_destroy(event)
        case RD_KAFKA_EVENT_STATS:
            rd_kafka_event_stats(event).map { statistics.set(UnsafePointer($0)) }
            rd_kafka_event_destroy(event)
        default:
            replies.receive(event)
            rd_kafka_event_destroy(event)
        }
    }

    private func receiveError(_ event: OpaquePointer, from client: OpaquePointer) {
        if rd_kafka_event_error_is_fatal(event) != 0, let fatal = KafkaError.fatal(of: client) {
            logger.error("The client cannot go on", metadata: ["error": "\(fatal)"])
            return
        }
        var error = KafkaError(native: rd_kafka_event_error(event))
        if let text = rd_kafka_event_error_string(event) { error.message = String(cString: text) }
        if Self.tellsOfRefusal(error.message) { (error.code, error.isRetriable) = (.authentication, false) }
        trouble.note(error)
        logger.notice("Connection trouble", metadata: ["error": "\(error)"])
    }

    /// Whether OpenSSL says that one side refuses the other's certificate, in what librdkafka reports as an
    /// error of the transport: the broker's certificate, where the handshake took more than one turn; the client's,
    /// where TLS 1.3 let it begin before that was looked at.
    static func tellsOfRefusal(_ message: String) -> Bool {
        message.contains("certificate verify failed") || message.contains("SSL alert number")
    }

    private func log(level: Int32, facility: String, text: UnsafePointer<CChar>) {
        let level: Logger.Level =
            switch level {
            case ...2: .critical
            case 3: .error
            case 4: .warning
            case 5: .notice
            case 6: .info
            default: .debug
            }
        guard level >= logger.logLevel else { return }
        logger.log(
            level: level, "\(String(cString: text))", metadata: ["facility": "\(facility)"],
            source: "librdkafka"
        )
    }
}
