internal import CLibrdkafka
import Synchronization

/// Owns an `rd_kafka_conf_t` until a client takes it.
///
/// Unchecked: the pointer is used by the one thread that builds a client, before the client
/// exists.
final class NativeConfiguration: @unchecked Sendable {
    private var pointer: OpaquePointer?
    let tokens: TokenSource?

    /// Sets, each over the one before: what this library prefers, how to reach the cluster,
    /// what the caller set by name, and what the wrapper cannot work without.
    init(
        _ configuration: KafkaConfiguration,
        defaults: [(String, String)] = [],
        required: [(String, String)] = []
    ) throws(KafkaError) {
        pointer = rd_kafka_conf_new()
        tokens = configuration.security?.tokenSource
        for (name, value) in defaults { try set(name, value) }
        try set("bootstrap.servers", configuration.bootstrapServers)
        try set("client.id", configuration.clientID)
        for (name, value) in configuration.security?.properties ?? [] { try set(name, value) }
        if let interval = configuration.statisticsInterval {
            try set("statistics.interval.ms", "\(max(1, interval.kafkaMilliseconds))")
        }
        for (name, value) in configuration.properties.sorted(by: { $0.key < $1.key }) {
            try set(name, value)
        }
        for (name, value) in required {
            if let theirs = configuration.properties[name], theirs != value {
                throw KafkaError(
                    .invalidConfiguration,
                    "\(name) is set by this client (to \"\(value)\") and cannot be a property"
                )
            }
            try set(name, value)
        }
    }

    deinit {
        if let pointer { rd_kafka_conf_destroy(pointer) }
    }

    private func set(_ name: String, _ value: String) throws(KafkaError) {
        var text = [CChar](repeating: 0, count: 512)
        let result = rd_kafka_conf_set(pointer, name, value, &text, text.count)
        guard result != RD_KAFKA_CONF_OK else { return }
        // librdkafka quotes the refused value: not where it may be a password.
        var message = KafkaConfiguration.isSecret(name)
            ? "invalid value for configuration property \"\(name)\""
            : String(nullTerminated: text)
        // Of an alias librdkafka names the property it stands for.
        if !message.contains(name) { message = "\(name): \(message)" }
        throw KafkaError(.invalidConfiguration, message)
    }

    func value(of name: String) -> String? {
        var size = 0
        guard rd_kafka_conf_get(pointer, name, nil, &size) == RD_KAFKA_CONF_OK else { return nil }
        var text = [CChar](repeating: 0, count: size + 1)
        guard rd_kafka_conf_get(pointer, name, &text, &size) == RD_KAFKA_CONF_OK else { return nil }
        return String(nullTerminated: text)
    }

    func withPointer<R>(_ body: (OpaquePointer?) -> R) -> R { body(pointer) }

    /// `rd_kafka_new`, which takes the configuration over if, and only if, it succeeds.
    func makeClient(_ type: rd_kafka_type_t) throws(KafkaError) -> OpaquePointer {
        var text = [CChar](repeating: 0, count: 512)
        guard let client = rd_kafka_new(type, pointer, &text, text.count) else {
            if type == RD_KAFKA_PRODUCER && rd_kafka_version() < 0x020d_0000 { abandon() }
            throw KafkaError(.invalidConfiguration, String(nullTerminated: text))
        }
        pointer = nil
        return client
    }

    /// Until 2.13 an `rd_kafka_new` that fails has freed the interceptors of the configuration, and to destroy
    /// that would free them again (librdkafka #5240). So it stays: a few KiB for each producer that cannot be made.
    private func abandon() {
        Self.abandoned.withLock { $0.append(UInt(bitPattern: pointer)) }
        pointer = nil
    }

    /// In reach, lest they count as leaks.
    private static let abandoned = Mutex<[UInt]>([])
}
