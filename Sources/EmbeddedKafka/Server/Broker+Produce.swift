import NIOCore

extension Broker {
    func produce(_ body: WireValue, _ reply: @escaping (WireValue?) -> Void) {
        let acks = body.acks.int16
        var written: [PartitionLog] = []
        let responses = body.topics.perPartition { topic, entry in
            attempt(["index": entry.index]) {
                guard [-1, 0, 1].contains(acks) else { throw ErrorCode.invalidRequiredAcks }
                return try append(entry, to: topic, noting: &written)
            }
        }
        let answer: WireValue? = acks == 0 ? nil : ["responses": responses]
        guard configuration.fsync == .always, acks == -1 else { return reply(answer) }
        syncer.sync(written) { isSafe in
            reply(isSafe ? answer : FaultAnswer.produce(body, .kafkaStorageError))
        }
    }

    private func append(_ entry: WireValue, to name: String, noting written: inout [PartitionLog]) throws -> [String: WireValue] {
        let partition = try topics.partition(name, entry.index.int32)
        guard let limits = topics.topics[name]?.limits, let records = entry.records.buffer, records.readableBytes > 0 else {
            throw ErrorCode.invalidRecord
        }
        let batches = try RecordBatch.validate(records, maxBytes: limits.maxMessageBytes, requiringKeys: limits.requiresKeys)
        // Since version 3 a request has one batch for a partition.
        guard let batch = batches.first, batches.count == 1, !batch.header.isControl else { throw ErrorCode.invalidRecord }
        if batch.header.isTransactional {
            try transactions.checkAppend(batch.header, to: .init(topic: name, partition: partition.index))
        }
        let appendTime = limits.usesAppendTime ? now : nil
        if appendTime == nil, limits.millisecondsAhead < .max, batch.header.maxTimestamp - now > limits.millisecondsAhead {
            throw ErrorCode.invalidTimestamp
        }
        let base = try partition.append(batch, now: now, appendTime: appendTime)
        written.append(partition.log)
        changed(partition)
        return ["baseOffset": .int(base), "logAppendTimeMs": .int(appendTime ?? -1), "logStartOffset": .int(partition.log.startOffset)]
    }

    func initializeProducer(_ body: WireValue, _ version: Int16) -> WireValue {
        attempt {
            let (id, epoch) = try transactions.initialize(body, version: version)
            return ["producerId": .int(id), "producerEpoch": .init(epoch)]
        }
    }

    /// All or nothing: what is there isn't attempted when something else is missing.
    func addPartitions(_ body: WireValue, _ version: Int16) -> WireValue {
        let places = body.topics.elements.flatMap { topic in
            topic.partitions.elements.map { OffsetStore.Place(topic: topic.name.text, partition: $0.int32) }
        }
        let missing = Set(places.filter { (try? topics.partition($0.topic, $0.partition)) == nil })
        var outcome = ErrorCode.operationNotAttempted
        if missing.isEmpty {
            do {
                try transactions.add(partitions: places, body, version: version)
                outcome = .none
            } catch {
                outcome = error
            }
        }
        return [
            "results": body.topics.perPartition { topic, index in
                let isMissing = missing.contains(.init(topic: topic, partition: index.int32))
                return ["index": index, "errorCode": .init(isMissing ? .unknownTopicOrPartition : outcome)]
            }
        ]
    }
}
