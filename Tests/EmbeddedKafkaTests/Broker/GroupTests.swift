import NIOCore
import Testing

@testable import EmbeddedKafka

@Suite("Groups", .timeLimit(.minutes(5)))
struct GroupTests {
    /// Far longer than a test may take: a session runs out because the clock was moved, never because the machine was slow.
    private static let session = Duration.seconds(1_000)

    /// A member as a client would be one, without its loop.
    private struct Member {
        let client: RawClient
        let group: String
        var instance: String?
        var id = ""
        var generation: Int32 = -1

        /// What every request of a member says.
        private func saying(_ more: [String: WireValue] = [:]) -> WireValue {
            let who: [String: WireValue] = [
                "groupId": .string(group), "generationId": .init(generation), "memberId": .string(id), "groupInstanceId": .string(instance),
            ]
            return .structure(who.merging(more) { $1 })
        }

        func joinOnce(metadata: String = "m") async throws -> WireValue {
            let timeout = GroupTests.session.components.seconds * 1_000
            let request = saying([
                "sessionTimeoutMs": .int(timeout), "rebalanceTimeoutMs": .int(timeout), "protocolType": "consumer",
                "protocols": [["name": "range", "metadata": .bytes(ByteBuffer(string: metadata))]],
            ])
            return try await client.ask("JoinGroup", version: 7, request)
        }

        /// Joins and, if it leads, gives everybody its own id as assignment. The result is the assignment.
        mutating func join() async throws -> (error: ErrorCode, assignment: String) {
            var answer = try await joinOnce()
            if answer.error == .memberIDRequired {
                id = answer.memberId.text
                answer = try await joinOnce()
            }
            guard answer.error == .none else { return (answer.error, "") }
            (id, generation) = (answer.memberId.text, answer.generationId.int32)
            // Only the leader is told of members.
            let assignments = answer.members.elements.map { member -> WireValue in
                ["memberId": member.memberId, "assignment": .bytes(ByteBuffer(string: member.memberId.text))]
            }
            let request = saying(["protocolType": "consumer", "protocolName": "range", "assignments": .array(assignments)])
            let synced = try await client.ask("SyncGroup", version: 5, request)
            return (synced.error, synced.assignment.buffer.map { String(buffer: $0) } ?? "")
        }

        func heartbeat() async throws -> ErrorCode {
            try await client.ask("Heartbeat", version: 4, saying()).error
        }

        func commit(_ offset: Int64, topic: String = "t") async throws -> ErrorCode {
            let entry: WireValue = ["index": 0, "offset": .int(offset), "leaderEpoch": -1, "metadata": "note"]
            let request = saying(["topics": [["name": .string(topic), "partitions": [entry]]]])
            return try await client.ask("OffsetCommit", version: 8, request).partition().error
        }
    }

    private func committed(_ client: RawClient, _ group: String, version: Int16 = 8) async throws -> Int64 {
        let topics: WireValue = [["name": "t", "partitions": [0]]]
        let answer = try await client.ask(
            "OffsetFetch", version: version,
            version >= 8 ? ["groups": [["groupId": .string(group), "topics": topics]]] : ["groupId": .string(group), "topics": topics])
        return (version >= 8 ? answer.groups.elements.first ?? [:] : answer).partition().offset.int
    }

    @Test("A member gets its id first, then the generation, then what the leader gives it")
    func lifecycle() async throws {
        try await withBroker { (_, client) async throws in
            var member = Member(client: client, group: "g")
            let announced = try await member.joinOnce()
            #expect(announced.error == .memberIDRequired)
            member.id = announced.memberId.text
            #expect(try await member.join() == (.none, announced.memberId.text))
            #expect(try await member.heartbeat() == .none)
            member.generation += 1
            #expect(try await member.heartbeat() == .illegalGeneration)
            member.id = "nobody"
            #expect(try await member.heartbeat() == .unknownMemberID)
        }
    }

    @Test("A second member makes the first rejoin; one that leaves does, too")
    func rebalance() async throws {
        try await withBroker { broker, client in
            let other = try await RawClient.connect(to: broker)
            var first = Member(client: client, group: "g")
            _ = try await first.join()
            let second = Task {
                var second = Member(client: other, group: "g")
                return (try await second.join(), second)
            }
            try await eventually { try await first.heartbeat() == .rebalanceInProgress }
            #expect(try await first.join().error == .none)
            let (joined, member) = try await second.value
            #expect(joined == (.none, member.id))
            #expect([first.generation, member.generation] == [2, 2])
            let leaving: WireValue = ["groupId": "g", "members": [["memberId": .string(member.id)]]]
            #expect(try await other.ask("LeaveGroup", version: 4, leaving).members.elements.first?.error == ErrorCode.none)
            #expect(try await first.heartbeat() == .rebalanceInProgress)
            try await other.close()
        }
    }

    @Test("A silent member is evicted when its session is over, not before; a commit of a generation gone by is refused")
    func eviction() async throws {
        try await withBroker { broker, client in
            _ = try await client.createTopic("t")
            var member = Member(client: client, group: "g")
            _ = try await member.join()
            try await broker.moveTime(by: Self.session / 2)
            #expect(try await member.commit(5) == .none)
            try await broker.moveTime(by: Self.session)
            try await eventually { try await member.heartbeat() == .unknownMemberID }
            #expect(try await member.commit(6) == .unknownMemberID)
            #expect(try await committed(client, "g") == 5)
            #expect(try await committed(client, "g", version: 7) == 5)
        }
    }

    @Test("A member that doesn't rejoin in time is left behind by the others")
    func rebalanceTimeout() async throws {
        try await withBroker { broker, client in
            let other = try await RawClient.connect(to: broker)
            var first = Member(client: client, group: "g")
            _ = try await first.join()
            let second = Task {
                var second = Member(client: other, group: "g")
                return (try await second.join(), second)
            }
            try await eventually { try await first.heartbeat() == .rebalanceInProgress }
            try await broker.moveTime(by: Self.session)
            let (joined, member) = try await second.value
            #expect(joined == (.none, member.id))
            #expect(try await first.heartbeat() == .unknownMemberID)
            try await other.close()
        }
    }

    @Test("A static member that returns keeps its assignment, and fences who had its name")
    func staticMember() async throws {
        try await withBroker { _, client in
            var old = Member(client: client, group: "g", instance: "i")
            let before = try await old.join()
            var new = Member(client: client, group: "g", instance: "i")
            let after = try await new.join()
            #expect(after == before)
            #expect(new.generation == old.generation)
            #expect(new.id != old.id)
            #expect(try await old.heartbeat() == .fencedInstanceID)
            #expect(try await old.commit(1) == .fencedInstanceID)
            #expect(try await new.heartbeat() == .none)
        }
    }

    @Test("Membership and offsets outlast a killed broker", arguments: [EmbeddedKafka.Ending.orderly, .killed])
    func restart(ending: EmbeddedKafka.Ending) async throws {
        try await withFolder { folder in
            try await withBroker(.init(directory: folder)) { broker, client in
                _ = try await client.createTopic("t")
                var member = Member(client: client, group: "g")
                let joined = try await member.join()
                #expect(try await member.commit(7) == .none)
                try await broker.takeDown(ending)
                try await broker.bringUp()
                let again = try await RawClient.connect(to: broker)
                member = Member(client: again, group: "g", id: member.id, generation: member.generation)
                #expect(try await member.heartbeat() == .none)
                #expect(try await member.commit(8) == .none)
                #expect(try await member.join() == joined)
                #expect(try await committed(again, "g") == 8)
                try await again.close()
            }
        }
    }

    @Test("Groups are listed, described and deleted, with their offsets, once nobody is in them")
    func administration() async throws {
        try await withBroker { _, client in
            _ = try await client.createTopic("t")
            var member = Member(client: client, group: "g")
            _ = try await member.join()
            _ = try await member.commit(3)
            let described = try await client.ask("DescribeGroups", version: 4, ["groups": ["g"]]).groups.elements
            #expect(described.map(\.state.text) == ["Stable"])
            #expect(described.first?.members.elements.map(\.memberId.text) == [member.id])
            #expect(try await client.ask("DeleteGroups", version: 2, ["groups": ["g"]]).results.elements.map(\.error) == [.nonEmptyGroup])
            _ = try await client.ask("LeaveGroup", version: 4, ["groupId": "g", "members": [["memberId": .string(member.id)]]])
            #expect(try await client.ask("ListGroups", version: 4, ["states": ["Empty"]]).groups.elements.map(\.groupId.text) == ["g"])
            let deleted = try await client.ask("DeleteGroups", version: 2, ["groups": ["g", "h"]]).results.elements
            #expect(deleted.map(\.error) == [.none, .groupIDNotFound])
            #expect(try await committed(client, "g") == -1)
        }
    }
}
