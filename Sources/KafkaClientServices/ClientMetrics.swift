public import CoreMetrics
public import KafkaClient
public import ServiceLifecycle

/// Publishes a client's usual figures by swift-metrics, from its statistics: give the client a
/// ``KafkaConfiguration/statisticsInterval``, and run this beside it.
///
/// | figure | kind | dimensions beside `client` |
/// |---|---|---|
/// | `queue_records`, `queue_bytes` | gauge, waiting to be delivered | |
/// | `sent_records_total`, `sent_bytes_total` | counter | |
/// | `received_records_total`, `received_bytes_total` | counter | |
/// | `broker_round_trip_seconds`, `broker_round_trip_p99_seconds` | gauge | `broker` |
/// | `broker_waiting_requests` | gauge, queued and in flight | `broker` |
/// | `broker_disconnects_total`, `broker_retries_total`, `broker_timeouts_total` | counter | `broker` |
/// | `partition_lag_records` | gauge, to the end of what may be read | `topic`, `partition` |
/// | `partition_fetched_records` | gauge, fetched and not handed out | `topic`, `partition` |
/// | `group_partitions` | gauge | |
/// | `group_rebalances_total` | counter | |
///
/// Each name follows the prefix and an underscore. `client` is librdkafka's name of the client, such
/// as `ferry#consumer-2`: it tells the clients of one process apart. A figure that is no longer
/// known, such as the lag of a partition that went to another member, is taken away rather than
/// left at its last value.
public struct ClientMetrics: Service {
    private let client: any StatisticsSource
    private let interval: Duration
    private let prefix: String
    private let dimensions: [(String, String)]
    private let factory: any MetricsFactory

    /// - Parameters:
    ///   - interval: between two looks at the statistics. What librdkafka has not renewed since is
    ///     not published again.
    ///   - dimensions: beside each figure's own.
    ///   - factory: `nil` is what `MetricsSystem` was bootstrapped with.
    public init(
        of client: some StatisticsSource,
        every interval: Duration = .seconds(10),
        prefix: String = "kafka",
        dimensions: [(String, String)] = [],
        factory: (any MetricsFactory)? = nil
    ) {
        self.client = client
        self.interval = interval
        self.prefix = prefix
        self.dimensions = dimensions
        self.factory = factory ?? MetricsSystem.factory
    }

    /// Runs until the group shuts down or the task is cancelled, and takes every figure away
    /// then. Throws if the statistics cannot be read.
    public func run() async throws {
        var figures = PublishedFigures(prefix: prefix, dimensions: dimensions, factory: factory)
        defer { figures.removeAll() }
        var last: Int64?
        let interval = interval
        // Ends with the task: a sleep that is cancelled gives nothing.
        let ticks = AsyncStream(unfolding: { try? await Task.sleep(for: interval) })
        for await _ in ticks.cancelOnGracefulShutdown() {
            guard let statistics = try client.statistics(), statistics.time != last else { continue }
            last = statistics.time
            figures.publish(statistics)
        }
    }
}
