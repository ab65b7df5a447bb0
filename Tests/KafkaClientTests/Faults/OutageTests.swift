import KafkaClient
import Logging
import Testing

/// FERRY_OUTAGE_SECONDS makes the outage longer than the suite's share.
@Suite("Outages in mid-stream, on a mock cluster", .timeLimit(.minutes(5)))
struct OutageTests {
    private let partition = TopicPartition("t", 0)

    private func kafka(_ cluster: MockCluster) -> KafkaConfiguration {
        KafkaConfiguration(
            bootstrapServers: cluster.bootstrapServers,
            properties: ["reconnect.backoff.ms": "10", "reconnect.backoff.max.ms": "100", "linger.ms": "0"]
        )
    }

    @Test("a broker that is down for a while loses nothing that was acknowledged, and everything is delivered once, in order")
    func brokerDown() async throws {
        let outage: Double = Environment.number("FERRY_OUTAGE_SECONDS") ?? 1.5
        let cluster = try MockCluster()
        try cluster.createTopic("t")
        let producer = try Producer(kafka(cluster), logger: .quiet)
        let consumer = try Consumer(ConsumerConfiguration(kafka(cluster), groupID: nil), logger: .quiet)
        try consumer.assign([partition: .earliest])

        let (before, during, after) = (500, 200, 500)
        func send(_ numbers: Range<Int>) -> Task<[Int64], any Error> {
            Task {
                try await producer.send(contentsOf: numbers.map { ProducerRecord(topic: "t", value: bytes("\($0)")) })
                    .map { try $0.get().offset }
            }
        }
        var offsets = try await send(0..<before).value
        var read = try await consumer.take(before / 2)
        try cluster.setDown(broker: 1)
        let stranded = send(before..<before + during)
        try await eventually("they are in the queue") { producer.queuedRecords == during }
        try await Task.sleep(for: .seconds(outage))
        #expect(producer.queuedRecords == during)
        try cluster.setUp(broker: 1)
        offsets += try await stranded.value
        offsets += try await send(before + during..<before + during + after).value
        let count = before + during + after
        #expect(offsets == (0..<Int64(count)).map { $0 })
        read += try await consumer.take(count - read.count, within: .seconds(60))
        #expect(read.map(\.value) == (0..<count).map { bytes("\($0)") })
        #expect(try await consumer.watermarks(partition, timeout: .seconds(20)).high == Int64(count))
        await producer.close()
        await consumer.close()
    }

    @Test("leader and coordinator move from broker to broker while a group reads: no record is lost or repeated, and no partition")
    func moves() async throws {
        let cluster = try MockCluster(brokers: 3)
        try cluster.createTopic("t", replication: 3)
        let group = unique("g")
        try cluster.setCoordinator(group: group, broker: 1)
        var kafka = kafka(cluster)
        kafka.properties["heartbeat.interval.ms"] = "100"
        let producer = try Producer(kafka, logger: .quiet)
        let consumer = try Consumer(ConsumerConfiguration(kafka, groupID: group), logger: .quiet)
        let log = RebalanceLog()
        try consumer.subscribe(["t"], listener: log)
        var read: [ConsumedRecord] = []
        var sent = 0
        for step in 0..<6 {
            let (leader, coordinator) = (Int32(step % 3 + 1), Int32((step + 1) % 3 + 1))
            try cluster.setLeader(of: partition, broker: leader)
            try cluster.setCoordinator(group: group, broker: coordinator)
            for outcome in await producer.send(contentsOf: (sent..<sent + 50).map {
                ProducerRecord(topic: "t", value: bytes("\($0)"))
            }) { _ = try outcome.get() }
            sent += 50
            read += try await consumer.take(sent - read.count, within: .seconds(60))
            try await consumer.commit([partition: Int64(sent)])
        }
        #expect(read.map(\.value) == (0..<sent).map { bytes("\($0)") })
        #expect(try await consumer.committed([partition], timeout: .seconds(20)) == [partition: Int64(sent)])
        #expect(log.events == [.assigned([partition])])
        await producer.close()
        await consumer.close()
    }
}
