extension ProducerCore {
    nonisolated(nonsending) func enqueue(
        to topic: String,
        _ partition: Int32?,
        _ key: Span<UInt8>?,
        _ value: Span<UInt8>?,
        _ headers: [KafkaHeader],
        _ timestamp: Int64?
    ) async throws(KafkaError) {
        if try enqueueIfRoom(to: topic, partition, key, value, headers, timestamp) { return }
        // Who waits in line hands over what may be read from another thread: a copy.
        let copy = ProducerRecord(
            topic: topic, partition: partition, key: key.copied(), value: value.copied(), headers: headers,
            timestamp: timestamp
        )
        try await enqueue(copy)
    }

    /// `false` if there is no room, or someone waits for it already.
    func enqueueIfRoom(
        to topic: String,
        _ partition: Int32?,
        _ key: Span<UInt8>?,
        _ value: Span<UInt8>?,
        _ headers: [KafkaHeader],
        _ timestamp: Int64?
    ) throws(KafkaError) -> Bool {
        try key.withKafkaBytes { (key) throws(KafkaError) in
            try value.withKafkaBytes { (value) throws(KafkaError) in
                try enqueueNow(
                    LentRecord(
                        topic: topic, partition: partition, key: key, value: value, headers: headers, timestamp: timestamp
                    ),
                    nil
                )
            }
        }
    }
}
