import CoreMetrics
import KafkaClient

/// The figures that a metrics system holds for one client.
struct PublishedFigures {
    let prefix: String
    let dimensions: [(String, String)]
    let factory: any MetricsFactory
    private var gauges: [Figure: Gauge] = [:]
    private var counters: [Figure: (counter: Counter, total: Int)] = [:]

    init(prefix: String, dimensions: [(String, String)], factory: any MetricsFactory) {
        self.prefix = prefix
        self.dimensions = dimensions
        self.factory = factory
    }

    mutating func publish(_ statistics: Statistics) {
        let levels = statistics.levels
        for (figure, gauge) in gauges where levels[figure] == nil {
            gauge.destroy()
            gauges[figure] = nil
        }
        for (figure, value) in levels {
            let gauge = gauges[figure] ?? Gauge(
                label: label(of: figure), dimensions: dimensions(of: figure, statistics.client), factory: factory
            )
            gauge.record(value)
            gauges[figure] = gauge
        }
        for (figure, total) in statistics.totals {
            let (counter, before) = counters[figure] ?? (
                Counter(
                    label: label(of: figure), dimensions: dimensions(of: figure, statistics.client), factory: factory
                ), 0
            )
            counter.increment(by: max(0, total - before))
            counters[figure] = (counter, total)
        }
    }

    mutating func removeAll() {
        for gauge in gauges.values { gauge.destroy() }
        for (counter, _) in counters.values { counter.destroy() }
        (gauges, counters) = ([:], [:])
    }

    private func label(of figure: Figure) -> String { prefix + "_" + figure.name }

    private func dimensions(of figure: Figure, _ client: String) -> [(String, String)] {
        dimensions + [("client", client)] + figure.dimensions.map { ($0.name, $0.value) }
    }
}
