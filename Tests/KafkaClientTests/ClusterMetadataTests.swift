import KafkaClient
import Logging
import Testing

@Suite("Metadata, on a mock cluster", .timeLimit(.minutes(5)))
struct ClusterMetadataTests {
    @Test("a cluster is described by id, brokers and the topics asked for")
    func cluster() async throws {
        let cluster = try MockCluster(brokers: 3)
        try cluster.createTopic("t", partitions: 2, replication: 3)
        try cluster.createTopic("u")
        try cluster.setLeader(of: TopicPartition("t", 1), broker: 2)
        let admin = try AdminClient(KafkaConfiguration(bootstrapServers: cluster.bootstrapServers), logger: .quiet)
        let metadata = try await admin.metadata(topics: ["t", "absent"], timeout: .seconds(20))
        #expect(metadata.id?.isEmpty == false)
        #expect(metadata.brokers.map(\.id) == [1, 2, 3])
        #expect(metadata.topics.map(\.name) == ["t"])
        let partitions = try #require(metadata.topic("t")).partitions
        #expect(partitions.map(\.id) == [0, 1])
        #expect(partitions[1].leader == 2)
        #expect(partitions.map { $0.replicas.sorted() } == [[1, 2, 3], [1, 2, 3]])
        #expect(metadata.topic("absent") == nil)
        await admin.close()
    }
}
