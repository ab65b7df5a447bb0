import NIOCore

extension Broker {
    func produce(_ body: WireValue, _ version: Int16, _ reply: @escaping (WireValue?) -> Void) {
        let acks = body.acks.int16
        var responses: [WireValue] = []
        var written: [PartitionLog] = []
        for topic in body.topics.elements {
            let partitions: [WireValue] = topic.partitions.elements.map { entry in
                guard [-1, 0, 1].contains(acks) else {
                    return ["index": entry.index, "errorCode": .init(ErrorCode.invalidRequiredAcks)]
                }
                do {
                    let answer = try append(entry, to: topic.name.text)
                    written.append(try topics.partition(topic.name.text, entry.index.int32).log)
                    return answer
                } catch {
                    return ["index": entry.index, "errorCode": .init(errorCode(error)), "errorMessage": .string("\(error)")]
                }
            }
            responses.append(["name": topic.name, "partitions": .array(partitions)])
        }
        let answer: WireValue? = acks == 0 ? nil : ["responses": .array(responses)]
        guard configuration.fsync == .always, acks == -1 else { return reply(answer) }
        syncer.sync(written + offsets.logs + transactions.logs) { isSafe in
            reply(isSafe ? answer : FaultAnswer.produce(body, .kafkaStorageError))
        }
    }

    private func append(_ entry: WireValue, to topic: String) throws -> WireValue {
        let partition = try topics.partition(topic, entry.index.int32)
        guard let settings = topics.topics[topic]?.settings, let records = entry.records.buffer, records.readableBytes > 0 else {
            throw ErrorCode.invalidRecord
        }
        let batches = try RecordBatch.validate(
            records, maxBytes: settings.maxMessageBytes, requiringKeys: settings.log.compacts)
        for batch in batches {
            guard !batch.header.isControl else { throw ErrorCode.invalidRecord }
            guard batch.header.isTransactional else { continue }
            let verdict = transactions.permits(
                producerID: batch.header.producerID, epoch: batch.header.producerEpoch,
                place: OffsetStore.Place(topic: topic, partition: partition.index))
            guard verdict == .none else { throw verdict }
        }
        let appendTime = settings.usesAppendTime ? now : nil
        let base = try partition.append(batches, appendTime: appendTime)
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

    func addPartitions(_ body: WireValue, _ version: Int16) -> WireValue {
        var places: [OffsetStore.Place] = []
        var missing: Set<OffsetStore.Place> = []
        for topic in body.topics.elements {
            for index in topic.partitions.elements {
                let place = OffsetStore.Place(topic: topic.name.text, partition: index.int32)
                places.append(place)
                if (try? topics.partition(place.topic, place.partition)) == nil { missing.insert(place) }
            }
        }
        var outcome = ErrorCode.none
        if missing.isEmpty {
            do {
                try transactions.add(partitions: places, body, version: version)
            } catch {
                outcome = error
            }
        }
        return [
            "results": .list(body.topics.elements.map { topic in
                [
                    "name": topic.name,
                    "partitions": .list(topic.partitions.elements.map { index in
                        let place = OffsetStore.Place(topic: topic.name.text, partition: index.int32)
                        // All or nothing: what is there isn't attempted when something else is missing (OPERATION_NOT_ATTEMPTED, 55).
                        let code = missing.contains(place)
                            ? ErrorCode.unknownTopicOrPartition.rawValue : missing.isEmpty ? outcome.rawValue : 55
                        return ["index": index, "errorCode": .init(code)]
                    }),
                ]
            })
        ]
    }
}
