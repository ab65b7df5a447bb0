import KafkaClient
import Testing

extension KafkaBehaviour {
    @Test(
        "Three members that join one by one, and one that leaves, share six partitions; every record is read once",
        arguments: Kafka.all, AssignmentStrategy.allCases)
    func sharing(kafka: Kafka, strategy: AssignmentStrategy) async throws {
        try await kafka.ask { asking in
            let topic = try await asking.topic(partitions: 6)
            let group = asking.group()
            var members: [GroupMember] = []
            var sent = 0
            /// Gives every partition ten more records, and waits until they are read and the shares are these.
            func expectShares(_ shares: [Int], left: [GroupMember] = []) async throws {
                try await asking.produce((0..<6).flatMap { Array(repeating: TopicPartition(topic, $0).record("v"), count: 10) })
                sent += 60
                try await eventually(within: Asking.patience) {
                    let read = (members + left).reduce(0) { $0 + $1.offsets.values.reduce(0) { $0 + $1.count } }
                    return read >= sent && members.map(\.assignment.count) == shares
                }
                #expect(Set(members.flatMap(\.assignment)).count == 6)
            }
            for shares in [[6], [3, 3], [2, 2, 2]] {
                members.append(try GroupMember(asking, group: group, topic: topic, strategy: strategy))
                try await expectShares(shares)
            }
            let leaving = members.removeFirst()
            try await leaving.leave()
            try await expectShares([3, 3], left: [leaving])
            for partition in (0..<6).map({ TopicPartition(topic, $0) }) {
                #expect((members + [leaving]).flatMap { $0.offsets[partition] ?? [] }.sorted() == Array(0..<40))
            }
            for member in members { try await member.leave() }
        }
    }

    @Test("A static member that closes and comes back keeps its partitions, and the others hear nothing of it", arguments: Kafka.all)
    func staticMember(kafka: Kafka) async throws {
        try await kafka.ask { asking in
            let topic = try await asking.topic(partitions: 2)
            let group = asking.group()
            func member(_ instance: String) throws -> GroupMember {
                try GroupMember(asking, group: group, topic: topic, instance: group + instance, session: .seconds(300))
            }
            let (first, other) = (try member("a"), try member("b"))
            try await eventually(within: Asking.patience) { [first, other].map(\.assignment.count) == [1, 1] }
            let before = (first.assignment, other.assignment, other.rebalances)
            try await first.leave()
            let again = try member("a")
            try await eventually(within: Asking.patience) { !again.assignment.isEmpty }
            #expect((again.assignment, other.assignment, other.rebalances) == before)
            try await again.leave()
            try await other.leave()
        }
    }

    @Test("A second member of the same instance id fences the first for good", arguments: Kafka.all)
    func duplicateInstance(kafka: Kafka) async throws {
        try await kafka.ask { asking in
            let topic = try await asking.topic()
            let group = asking.group()
            let first = try GroupMember(asking, group: group, topic: topic, instance: group)
            try await eventually(within: Asking.patience) { first.assignment.count == 1 }
            let second = try GroupMember(asking, group: group, topic: topic, instance: group)
            try await eventually(within: Asking.patience) { first.error != nil && second.assignment.count == 1 }
            #expect((first.error?.code, first.error?.isFatal) == (.fenced, true), "\(String(describing: first.error))")
            #expect(second.error == nil)
            try await first.leave()
            try await second.leave()
        }
    }

    @Test("A group is listed and described with its members, and how far it lags behind", arguments: Kafka.all)
    func describedGroup(kafka: Kafka) async throws {
        try await kafka.ask { asking in
            let partition = TopicPartition(try await asking.topic(), 0)
            try await asking.produce((0..<10).map { partition.record("\($0)") })
            let group = asking.group()
            let member = try GroupMember(asking, group: group, topic: partition.topic)
            try await eventually(within: Asking.patience) { member.assignment == [partition] }
            try await member.consumer.commit([partition: 4])
            #expect(try await member.consumer.lag([partition], timeout: Asking.patience) == [partition: 6])
            #expect(try await asking.admin.committedOffsets(group: group, timeout: Asking.patience) == [partition: 4])
            #expect(try await asking.admin.listGroups(timeout: Asking.patience).first { $0.id == group }?.state == "Stable")
            let described = try #require(try await asking.admin.describeGroups([group], timeout: Asking.patience)[group]).get()
            #expect((described.state, described.assignor) == ("Stable", "range"))
            #expect(described.members.map(\.partitions) == [[partition]])
            #expect(described.members.map(\.clientID) == ["behaviour"])
            #expect(try await asking.admin.deleteGroups([group], timeout: Asking.patience)[group]??.nativeName == "NON_EMPTY_GROUP")
            try await member.leave()
        }
    }

    @Test("Offsets of a group without members are set, told and deleted, and go with the group", arguments: Kafka.all)
    func administeredOffsets(kafka: Kafka) async throws {
        try await kafka.ask { asking in
            let topic = try await asking.topic(partitions: 2)
            let group = asking.group()
            let both = [TopicPartition(topic, 0), TopicPartition(topic, 1)]
            let admin = asking.admin
            func committed() async throws -> [TopicPartition: Int64] {
                try await admin.committedOffsets(group: group, timeout: Asking.patience)
            }
            let altered = try await admin.alterOffsets(group: group, [both[0]: 3, both[1]: 4], timeout: Asking.patience)
            #expect(altered == [both[0]: nil, both[1]: nil])
            #expect(try await committed() == [both[0]: 3, both[1]: 4])
            #expect(try await admin.listGroups(timeout: Asking.patience).first { $0.id == group }?.state == "Empty")
            #expect(try await admin.deleteOffsets(group: group, [both[0]], timeout: Asking.patience) == [both[0]: nil])
            #expect(try await committed() == [both[1]: 4])
            #expect(try await admin.deleteGroups([group], timeout: Asking.patience) == [group: nil])
            #expect(try await committed() == [:])
            #expect(try await admin.deleteGroups([group], timeout: Asking.patience)[group]??.nativeName == "GROUP_ID_NOT_FOUND")
        }
    }
}
