import NIOCore

extension Broker {
    func produce(_ body: WireValue, _ reply: @escaping (WireValue?) -> Void) {
        let acks = body.acks.int16
        var written: [PartitionLog] = []
        let responses = body.topics.elements.map { topic -> WireValue in
            let partitions = topic.partitions.elements.map { entry -> WireValue in
                do {
                    guard [-1, 0, 1].contains(acks) else { throw ErrorCode.invalidRequiredAcks }
                    return try append(entry, to: topic.name.text, noting: &written)
                } catch {
                    return ["index": entry.index, "errorCode": .init(errorCode(error)), "errorMessage": .string("\(error)")]
                }
            }
            return ["name": topic.name, "partitions": .array(partitions)]
        }
        let answer: WireValue? = acks == 0 ? nil : ["responses": .array(responses)]
        guard configuration.fsync == .always, acks == -1 else { return reply(answer) }
        syncer.sync(written) { isSafe in
            reply(isSafe ? answer : FaultAnswer.produce(body, .kafkaStorageError))
        }
    }

    private func append(_ entry: WireValue, to name: String, noting written: inout [PartitionLog]) throws -> WireValue {
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
        return [
            "index": entry.index, "errorCode": 0, "baseOffset": .int(base), "logAppendTimeMs": .int(appendTime ?? -1),
            "logStartOffset": .int(partition.log.startOffset),
        ]
    }

    func initializeProducer(_ body: WireValue, _ version: Int16) -> WireValue {
        do {
            let (id, epoch) = try transactions.initialize(body, version: version)
            return ["errorCode": 0, "producerId": .int(id), "producerEpoch": .init(epoch)]
        } catch {
            return ["errorCode": .init(error), "producerId": -1, "producerEpoch": -1]
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
            "results": .list(body.topics.elements.map { topic in
                [
                    "name": topic.name,
                    "partitions": .list(topic.partitions.elements.map { index in
                        let isMissing = missing.contains(.init(topic: topic.name.text, partition: index.int32))
                        return ["index": index, "errorCode": .init(isMissing ? .unknownTopicOrPartition : outcome)]
                    }),
                ]
            })
        ]
    }
}
