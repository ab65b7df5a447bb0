extension ProducerCore {
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
