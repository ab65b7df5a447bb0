import KafkaClient
import Testing

extension KafkaBehaviour {
    @Test("Records of an open transaction are seen by who reads uncommitted ones; an abort hides them for good", arguments: Kafka.all)
    func visibility(kafka: Kafka) async throws {
        try await kafka.ask { asking in
            let partition = TopicPartition(try await asking.topic(), 0)
            let producer = try await asking.transactional(asking.group())
            try producer.begin()
            _ = try await producer.send(partition.record("committed"))
            #expect(try await asking.values(partition) == [])
            #expect(try await asking.values(partition, .readUncommitted) == ["committed"])
            try await producer.commit(timeout: Asking.patience)
            #expect(try await asking.values(partition) == ["committed"])
            try producer.begin()
            _ = try await producer.send(partition.record("aborted"))
            try await producer.abort(timeout: Asking.patience)
            #expect(try await asking.values(partition) == ["committed"])
            #expect(try await asking.values(partition, .readUncommitted) == ["committed", "aborted"])
            await producer.close()
        }
    }

    @Test("A second producer of a transactional id aborts what the first left open, and fences it for good", arguments: Kafka.all)
    func fencing(kafka: Kafka) async throws {
        try await kafka.ask { asking in
            let partition = TopicPartition(try await asking.topic(), 0)
            let id = asking.group()
            let first = try await asking.transactional(id)
            try first.begin()
            _ = try await first.send(partition.record("zombie"))
            let second = try await asking.transactional(id)
            try second.begin()
            _ = try await second.send(partition.record("heir"))
            try await second.commit(timeout: Asking.patience)
            let error = await failure { () async throws(KafkaError) in try await first.commit(timeout: Asking.patience) }
            #expect((error?.code, error?.isFatal) == (.fenced, true), "\(String(describing: error))")
            #expect(try await asking.values(partition) == ["heir"])
            await first.close()
            await second.close()
        }
    }

    @Test("Offsets in a transaction are invisible while it is open and after its abort, and visible after its commit", arguments: Kafka.all)
    func offsets(kafka: Kafka) async throws {
        try await kafka.ask { asking in
            let partition = TopicPartition(try await asking.topic(), 0)
            try await asking.produce([partition.record("input")])
            let group = asking.group()
            let member = try GroupMember(asking, group: group, topic: partition.topic)
            try await eventually(within: Asking.patience) { member.assignment == [partition] }
            let producer = try await asking.transactional(asking.group())
            func committed() async throws -> Int64? {
                try await asking.admin.committedOffsets(group: group, partitions: [partition], timeout: Asking.patience)[partition] ?? nil
            }
            func send(_ next: Int64) async throws {
                try producer.begin()
                try await producer.sendOffsets([partition: next], group: member.consumer.groupMetadata(), timeout: Asking.patience)
            }
            try await send(5)
            #expect(try await committed() == nil)
            try await producer.abort(timeout: Asking.patience)
            #expect(try await committed() == nil)
            try await send(6)
            #expect(try await committed() == nil)
            try await producer.commit(timeout: Asking.patience)
            #expect(try await committed() == 6)
            await producer.close()
            try await member.leave()
        }
    }

    @Test("Offsets of who is no longer in the group are refused in a transaction, which can only be aborted", arguments: Kafka.all)
    func zombie(kafka: Kafka) async throws {
        try await kafka.ask { asking in
            let partition = TopicPartition(try await asking.topic(), 0)
            let group = asking.group()
            let member = try GroupMember(asking, group: group, topic: partition.topic)
            try await eventually(within: Asking.patience) { member.assignment == [partition] }
            let stale = try member.consumer.groupMetadata()
            try await member.leave()
            let producer = try await asking.transactional(asking.group())
            try producer.begin()
            _ = try await producer.send(partition.record("zombie"))
            let error = await failure { () async throws(KafkaError) in
                try await producer.sendOffsets([partition: 1], group: stale, timeout: Asking.patience)
            }
            #expect((error?.nativeName, error?.requiresAbort) == ("UNKNOWN_MEMBER_ID", true), "\(String(describing: error))")
            try await producer.abort(timeout: Asking.patience)
            #expect(try await asking.admin.committedOffsets(group: group, timeout: Asking.patience) == [:])
            #expect(try await asking.values(partition) == [])
            await producer.close()
        }
    }
}
