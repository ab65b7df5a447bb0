import Foundation

extension Statistics {
    /// From librdkafka's JSON. Fields that a version lacks are zero or empty.
    init(json: [UInt8]) throws(KafkaError) {
        do {
            self.init(try JSONDecoder().decode(Document.self, from: Data(json)))
        } catch {
            throw KafkaError(.corruptData, "librdkafka's statistics cannot be read: \(error)")
        }
    }

    private struct Document: Decodable {
        struct Window: Decodable {
            var avg: Int?
            var p99: Int?
        }

        struct Broker: Decodable {
            var name: String
            var nodeid: Int32?
            var state: String?
            var outbuf_cnt: Int?
            var waitresp_cnt: Int?
            var rtt: Window?
            var disconnects: Int?
            var txretries: Int?
            var req_timeouts: Int?
        }

        struct Partition: Decodable {
            var partition: Int32
            var msgq_cnt: Int?
            var fetchq_cnt: Int?
            var consumer_lag: Int64?
            var desired: Bool?
            var committed_offset: Int64?
            var hi_offset: Int64?
            var ls_offset: Int64?
        }

        struct Topic: Decodable {
            var topic: String
            var partitions: [String: Partition]
        }

        struct Group: Decodable {
            var state: String
            var join_state: String
            var rebalance_cnt: Int
            var assignment_size: Int
        }

        var name: String
        var ts: Int64
        var msg_cnt: Int?
        var msg_size: Int?
        var msg_max: Int?
        var txmsgs: Int?
        var txmsg_bytes: Int?
        var rxmsgs: Int?
        var rxmsg_bytes: Int?
        var brokers: [String: Broker]
        var topics: [String: Topic]
        var cgrp: Group?
    }

    private init(_ document: Document) {
        client = document.name
        time = document.ts
        queuedRecords = document.msg_cnt ?? 0
        queuedBytes = document.msg_size ?? 0
        queueLimit = document.msg_max ?? 0
        sentRecords = document.txmsgs ?? 0
        sentBytes = document.txmsg_bytes ?? 0
        receivedRecords = document.rxmsgs ?? 0
        receivedBytes = document.rxmsg_bytes ?? 0
        brokers = document.brokers.values
            .map { broker in
                Broker(
                    name: broker.name, id: broker.nodeid ?? -1, state: broker.state ?? "",
                    requestsQueued: broker.outbuf_cnt ?? 0, requestsInFlight: broker.waitresp_cnt ?? 0,
                    roundTripAverage: broker.rtt?.avg ?? 0, roundTrip99: broker.rtt?.p99 ?? 0,
                    disconnects: broker.disconnects ?? 0, retries: broker.txretries ?? 0,
                    timeouts: broker.req_timeouts ?? 0
                )
            }
            .sorted { $0.name < $1.name }
        partitions = [:]
        for topic in document.topics.values {
            // Partition -1 is where records wait whose partition is not known yet.
            for partition in topic.partitions.values where partition.partition >= 0 {
                partitions[TopicPartition(topic.topic, partition.partition)] = Partition(
                    queued: partition.msgq_cnt ?? 0,
                    fetched: partition.fetchq_cnt ?? 0,
                    // Kept by librdkafka at the last value when the partition is given up.
                    lag: partition.desired == true ? Self.known(partition.consumer_lag) : nil,
                    committedOffset: Self.known(partition.committed_offset),
                    endOffset: Self.known(partition.ls_offset) ?? Self.known(partition.hi_offset)
                )
            }
        }
        group = document.cgrp.map {
            Group(
                state: $0.state, joinState: $0.join_state, rebalances: $0.rebalance_cnt,
                assignedPartitions: $0.assignment_size
            )
        }
    }

    /// librdkafka marks what it does not know by negative numbers.
    private static func known(_ number: Int64?) -> Int64? {
        number.flatMap { $0 < 0 ? nil : $0 }
    }
}
