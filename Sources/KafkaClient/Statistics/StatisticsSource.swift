/// A client that gathers statistics.
public protocol StatisticsSource: Sendable {
    /// The last statistics, parsed when asked for; `nil` before the first interval is over, and
    /// without ``KafkaConfiguration/statisticsInterval``. After the close, those before it.
    func statistics() throws(KafkaError) -> Statistics?
}
