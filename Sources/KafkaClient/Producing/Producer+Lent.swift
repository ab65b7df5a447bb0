extension Producer {
    /// As ``enqueue(_:)``, of a key and a value that are only lent: their bytes are copied once, into
    /// the local queue, and nothing else is allocated, unless the call has to wait for room.
    ///
    /// - Parameters:
    ///   - key: `nil` is Kafka's NULL, an empty span an empty key.
    ///   - value: `nil` is NULL (a tombstone), an empty span an empty value.
    ///   - timestamp: as ``ProducerRecord/timestamp``.
    @inlinable
    public nonisolated(nonsending) func enqueue(
        to topic: String,
        partition: Int32? = nil,
        key: Span<UInt8>?,
        value: Span<UInt8>?,
        headers: [KafkaHeader] = [],
        timestamp: Int64? = nil
    ) async throws(KafkaError) {
        // Inlined into the caller: where there is room, which is nearly always, no async call is made.
        if try enqueueIfRoom(
            to: topic, partition: partition, key: key, value: value, headers: headers, timestamp: timestamp)
        {
            return
        }
        try await enqueue(ProducerRecord(copying: topic, partition, key, value, headers, timestamp))
    }

    /// As ``enqueue(to:partition:key:value:headers:timestamp:)``, but does not wait: `false`, and
    /// nothing is queued, if the local queue is full or others wait for room in it.
    ///
    /// For code that cannot await, such as the body of a ``Consumer/withBatch(maxRecords:timeout:_:)``.
    public func enqueueIfRoom(
        to topic: String,
        partition: Int32? = nil,
        key: Span<UInt8>?,
        value: Span<UInt8>?,
        headers: [KafkaHeader] = [],
        timestamp: Int64? = nil
    ) throws(KafkaError) -> Bool {
        try core.enqueueIfRoom(to: topic, partition, key, value, headers, timestamp)
    }
}
