import KafkaClient

extension Statistics {
    /// What goes up and down.
    var levels: [Figure: Double] {
        var levels: [Figure: Double] = [
            Figure(name: "queue_records"): Double(queuedRecords),
            Figure(name: "queue_bytes"): Double(queuedBytes),
        ]
        for broker in knownBrokers {
            let dimensions = [Figure.Dimension(name: "broker", value: "\(broker.id)")]
            func set(_ name: String, _ value: Double) { levels[Figure(name: name, dimensions: dimensions)] = value }
            set("broker_round_trip_seconds", Double(broker.roundTripAverage) / 1_000_000)
            set("broker_round_trip_p99_seconds", Double(broker.roundTrip99) / 1_000_000)
            set("broker_waiting_requests", Double(broker.requestsQueued + broker.requestsInFlight))
        }
        if let group { levels[Figure(name: "group_partitions")] = Double(group.assignedPartitions) }
        return levels.merging(lags) { $1 }
    }

    private var lags: [Figure: Double] {
        var lags: [Figure: Double] = [:]
        for (partition, figures) in partitions {
            guard let lag = figures.lag else { continue }
            let dimensions = [
                Figure.Dimension(name: "topic", value: partition.topic),
                Figure.Dimension(name: "partition", value: "\(partition.partition)"),
            ]
            lags[Figure(name: "partition_lag_records", dimensions: dimensions)] = Double(lag)
            lags[Figure(name: "partition_fetched_records", dimensions: dimensions)] = Double(figures.fetched)
        }
        return lags
    }

    /// What only goes up, since the client was made.
    var totals: [Figure: Int] {
        var totals: [Figure: Int] = [
            Figure(name: "sent_records_total"): sentRecords,
            Figure(name: "sent_bytes_total"): sentBytes,
            Figure(name: "received_records_total"): receivedRecords,
            Figure(name: "received_bytes_total"): receivedBytes,
        ]
        for broker in knownBrokers {
            let dimensions = [Figure.Dimension(name: "broker", value: "\(broker.id)")]
            totals[Figure(name: "broker_disconnects_total", dimensions: dimensions)] = broker.disconnects
            totals[Figure(name: "broker_retries_total", dimensions: dimensions)] = broker.retries
            totals[Figure(name: "broker_timeouts_total", dimensions: dimensions)] = broker.timeouts
        }
        if let group { totals[Figure(name: "group_rebalances_total")] = group.rebalances }
        return totals
    }

    /// Without the bootstrap servers, which librdkafka lists a second time.
    private var knownBrokers: [Broker] { brokers.filter { $0.id >= 0 } }
}
