import NIOCore

extension Broker {
    /// As much as one answer holds at most, whatever the client asks for (Kafka's `fetch.max.bytes`).
    private static let fetchLimit = 55 << 20

    func fetch(_ body: WireValue, _ reply: @escaping (WireValue?) -> Void) {
        // Sessions are never begun: an answer with id 0 tells the client to ask in full (KIP-227).
        guard body.sessionId.int == 0 else { return reply(["errorCode": .init(ErrorCode.fetchSessionIDNotFound)]) }
        let minBytes = min(Int(body.minBytes.int), Self.fetchLimit)
        let attempt: (Bool) -> WireValue? = { [weak self] isLast in
            guard let self else { return nil }
            let (answer, bytes, hasError) = self.read(body)
            return isLast || hasError || bytes >= minBytes ? answer : nil
        }
        let maxWait = body.maxWaitMs.int
        if let answer = attempt(maxWait <= 0) { return reply(answer) }
        let partitions = body.topics.elements.flatMap { topic in
            topic.partitions.elements.compactMap { try? topics.partition(topic.name.text, $0.index.int32) }
        }
        let waiting = WaitingFetch(partitions: Set(partitions.map(ObjectIdentifier.init)), attempt: attempt, reply: reply)
        waitingFetches[ObjectIdentifier(waiting)] = waiting
        waiting.timeout = timers.after(milliseconds: maxWait) { [weak self, weak waiting] in
            guard let self, let waiting else { return }
            self.waitingFetches[ObjectIdentifier(waiting)] = nil
            waiting.finish()
        }
    }

    /// Looks again at the fetches that wait for this partition.
    func changed(_ partition: Partition) {
        let id = ObjectIdentifier(partition)
        for (key, waiting) in waitingFetches where waiting.partitions.contains(id) {
            if waiting.tryAgain() { waitingFetches[key] = nil }
        }
    }

    private func read(_ body: WireValue) -> (answer: WireValue, bytes: Int, hasError: Bool) {
        let isCommittedOnly = body.isolationLevel.int == 1
        let limit = min(Int(body.maxBytes.int), Self.fetchLimit)
        var bytes = 0
        var hasError = false
        let responses = body.topics.perPartition { topic, entry in
            do {
                let (answer, size) = try read(
                    entry, of: topic, isCommittedOnly: isCommittedOnly, left: limit - bytes, isFirst: bytes == 0)
                bytes += size
                return answer
            } catch {
                hasError = true
                return ["index": entry.index, "errorCode": .init(errorCode(error)), "highWatermark": -1, "records": .bytes(ByteBuffer())]
            }
        }
        return (["responses": responses], bytes, hasError)
    }

    private func read(
        _ entry: WireValue, of topic: String, isCommittedOnly: Bool, left: Int, isFirst: Bool
    ) throws -> (WireValue, Int) {
        let partition = try topics.partition(topic, entry.index.int32)
        let offset = entry.fetchOffset.int
        let end = partition.end(isCommittedOnly: isCommittedOnly)
        let log = partition.log
        guard entry.currentLeaderEpoch.int <= 0 else { throw ErrorCode.unknownLeaderEpoch }
        guard offset >= log.startOffset, offset <= log.endOffset else { throw ErrorCode.offsetOutOfRange }
        var slice = LogSlice.empty(at: offset)
        if !partition.isPaused, left > 0 || isFirst {
            // A batch larger than all limits is given nonetheless, if it is the first: the reader could never get past it.
            slice = try log.read(
                from: offset, maxBytes: min(left, Int(entry.maxBytes.int)), upTo: end, atLeastOneBatch: isFirst)
        }
        let aborted: WireValue = isCommittedOnly
            ? .list(partition.abortedTransactions(from: offset, to: slice.nextOffset).map {
                ["producerId": .int($0.producerID), "firstOffset": .int($0.firstOffset)]
            }) : .array(nil)
        let answer: WireValue = [
            "index": entry.index, "errorCode": 0, "highWatermark": .int(log.endOffset),
            "lastStableOffset": .int(partition.lastStableOffset), "logStartOffset": .int(log.startOffset),
            "abortedTransactions": aborted, "records": .bytes(slice.bytes),
        ]
        return (answer, slice.bytes.readableBytes)
    }

    func listOffsets(_ body: WireValue) -> WireValue {
        let isCommittedOnly = body.isolationLevel.int == 1
        return [
            "topics": body.topics.perPartition { topic, entry in
                attempt(["index": entry.index]) {
                    guard let found = try find(entry, of: topic, isCommittedOnly: isCommittedOnly) else { return [:] }
                    return ["timestamp": .int(found.timestamp), "offset": .int(found.offset), "leaderEpoch": 0]
                }
            }
        ]
    }

    private func find(_ entry: WireValue, of topic: String, isCommittedOnly: Bool) throws -> TimedOffset? {
        let partition = try topics.partition(topic, entry.index.int32)
        switch entry.timestamp.int {
        case -1: return TimedOffset(offset: partition.end(isCommittedOnly: isCommittedOnly), timestamp: -1)
        case -2: return TimedOffset(offset: partition.log.startOffset, timestamp: -1)
        case -3: return try partition.log.offsetOfMaxTimestamp()
        case let time:
            guard let found = try partition.log.offset(forTimestamp: time),
                found.offset < partition.end(isCommittedOnly: isCommittedOnly)
            else { return nil }
            return found
        }
    }
}
