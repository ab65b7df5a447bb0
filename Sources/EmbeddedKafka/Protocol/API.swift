/// The requests that this broker understands, with the versions it speaks truthfully and the form of their messages.
///
/// Names and versions follow the Kafka protocol's message definitions (protocol guide, "The Messages"). Anything else ends the connection, as
/// in Kafka; only ApiVersions is answered in any version.
struct API: Sendable {
    let key: Int16
    let name: String
    let versions: ClosedRange<Int16>
    let flexibleFrom: Int16
    let request: MessageSchema
    let response: MessageSchema

    init(_ key: Int16, _ name: String, _ versions: ClosedRange<Int16>, flexible: Int16, request: String, response: String) {
        self.key = key
        self.name = name
        self.versions = versions
        self.flexibleFrom = flexible
        self.request = MessageSchema(request)
        self.response = MessageSchema(response)
    }

    func isFlexible(_ version: Int16) -> Bool { version >= flexibleFrom }

    /// Whether the answer has to wait until what was written is safe. Produce sees to that itself: it knows what it wrote to.
    var changesState: Bool { Self.changingState.contains(key) }

    private static let changingState: Set<Int16> = [8, 14, 19, 20, 21, 22, 24, 25, 26, 28, 33, 37, 42, 44, 47]

    static let all: [API] = [
        API(
            0, "Produce", 3...9, flexible: 9,
            request: "transactionalId:string?, acks:int16, timeoutMs:int32, topics:[name:string, partitions:[index:int32, records:bytes?]]",
            response: """
                responses:[name:string, partitions:[index:int32, errorCode:int16, baseOffset:int64=-1, logAppendTimeMs:int64=-1, \
                logStartOffset:int64=-1@5, recordErrors:[batchIndex:int32, message:string?]@8, errorMessage:string?@8]], \
                throttleTimeMs:int32
                """),
        API(
            1, "Fetch", 4...12, flexible: 12,
            request: """
                replicaId:int32, maxWaitMs:int32, minBytes:int32, maxBytes:int32, isolationLevel:int8, sessionId:int32@7, \
                sessionEpoch:int32@7, topics:[name:string, partitions:[index:int32, currentLeaderEpoch:int32=-1@9, fetchOffset:int64, \
                lastFetchedEpoch:int32@12, logStartOffset:int64@5, maxBytes:int32]], forgotten:[name:string, partitions:[int32]]@7, \
                rackId:string@11
                """,
            response: """
                throttleTimeMs:int32, errorCode:int16@7, sessionId:int32@7, responses:[name:string, partitions:[index:int32, \
                errorCode:int16, highWatermark:int64, lastStableOffset:int64=-1, logStartOffset:int64=-1@5, \
                abortedTransactions:[producerId:int64, firstOffset:int64]?, preferredReadReplica:int32=-1@11, records:bytes?]]
                """),
        API(
            2, "ListOffsets", 1...7, flexible: 6,
            request: """
                replicaId:int32, isolationLevel:int8@2, topics:[name:string, partitions:[index:int32, currentLeaderEpoch:int32=-1@4, \
                timestamp:int64]]
                """,
            response: """
                throttleTimeMs:int32@2, topics:[name:string, partitions:[index:int32, errorCode:int16, timestamp:int64=-1, \
                offset:int64=-1, leaderEpoch:int32=-1@4]]
                """),
        API(
            3, "Metadata", 0...12, flexible: 9,
            request: """
                topics:[topicId:uuid@10, name:string?]?, allowAutoTopicCreation:bool@4, clusterOperations:bool@8-10, \
                topicOperations:bool@8
                """,
            response: """
                throttleTimeMs:int32@3, brokers:[nodeId:int32, host:string, port:int32, rack:string?@1], clusterId:string?@2, \
                controllerId:int32@1, topics:[errorCode:int16, name:string?, topicId:uuid@10, isInternal:bool@1, \
                partitions:[errorCode:int16, index:int32, leaderId:int32, leaderEpoch:int32@7, replicas:[int32], inSync:[int32], \
                offline:[int32]@5], operations:int32=-2147483648@8], clusterOperations:int32=-2147483648@8-10
                """),
        API(
            8, "OffsetCommit", 2...8, flexible: 8,
            request: """
                groupId:string, generationId:int32, memberId:string, groupInstanceId:string?@7, retentionTimeMs:int64@2-4, \
                topics:[name:string, partitions:[index:int32, offset:int64, leaderEpoch:int32=-1@6, metadata:string?]]
                """,
            response: "throttleTimeMs:int32@3, topics:[name:string, partitions:[index:int32, errorCode:int16]]"),
        API(
            9, "OffsetFetch", 1...8, flexible: 6,
            request: """
                groupId:string@0-7, topics:[name:string, partitions:[int32]]?@0-7, groups:[groupId:string, topics:[name:string, \
                partitions:[int32]]?]@8, requireStable:bool@7
                """,
            response: """
                throttleTimeMs:int32@3, topics:[name:string, partitions:[index:int32, offset:int64=-1, leaderEpoch:int32=-1@5, \
                metadata:string?, errorCode:int16]]@0-7, errorCode:int16@2-7, groups:[groupId:string, topics:[name:string, \
                partitions:[index:int32, offset:int64=-1, leaderEpoch:int32=-1, metadata:string?, errorCode:int16]], errorCode:int16]@8
                """),
        API(
            10, "FindCoordinator", 0...4, flexible: 3,
            request: "key:string@0-3, keyType:int8@1, keys:[string]@4",
            response: """
                throttleTimeMs:int32@1, errorCode:int16@0-3, errorMessage:string?@1-3, nodeId:int32@0-3, host:string@0-3, port:int32@0-3, \
                coordinators:[key:string, nodeId:int32, host:string, port:int32, errorCode:int16, errorMessage:string?]@4
                """),
        API(
            11, "JoinGroup", 0...7, flexible: 6,
            request: """
                groupId:string, sessionTimeoutMs:int32, rebalanceTimeoutMs:int32@1, memberId:string, groupInstanceId:string?@5, \
                protocolType:string, protocols:[name:string, metadata:bytes]
                """,
            response: """
                throttleTimeMs:int32@2, errorCode:int16, generationId:int32=-1, protocolType:string?@7, protocolName:string, \
                leader:string, memberId:string, members:[memberId:string, groupInstanceId:string?@5, metadata:bytes]
                """),
        API(
            12, "Heartbeat", 0...4, flexible: 4,
            request: "groupId:string, generationId:int32, memberId:string, groupInstanceId:string?@3",
            response: "throttleTimeMs:int32@1, errorCode:int16"),
        API(
            13, "LeaveGroup", 0...4, flexible: 4,
            request: "groupId:string, memberId:string@0-2, members:[memberId:string, groupInstanceId:string?]@3",
            response: """
                throttleTimeMs:int32@1, errorCode:int16, members:[memberId:string, groupInstanceId:string?, errorCode:int16]@3
                """),
        API(
            14, "SyncGroup", 0...5, flexible: 4,
            request: """
                groupId:string, generationId:int32, memberId:string, groupInstanceId:string?@3, protocolType:string?@5, \
                protocolName:string?@5, assignments:[memberId:string, assignment:bytes]
                """,
            response: "throttleTimeMs:int32@1, errorCode:int16, protocolType:string?@5, protocolName:string?@5, assignment:bytes"),
        API(
            15, "DescribeGroups", 0...5, flexible: 5,
            request: "groups:[string], operations:bool@3",
            response: """
                throttleTimeMs:int32@1, groups:[errorCode:int16, groupId:string, state:string, protocolType:string, protocol:string, \
                members:[memberId:string, groupInstanceId:string?@4, clientId:string, clientHost:string, metadata:bytes, \
                assignment:bytes], operations:int32=-2147483648@3]
                """),
        API(
            16, "ListGroups", 0...4, flexible: 3,
            request: "states:[string]@4",
            response: "throttleTimeMs:int32@1, errorCode:int16, groups:[groupId:string, protocolType:string, state:string@4]"),
        API(
            17, "SaslHandshake", 0...1, flexible: .max,
            request: "mechanism:string",
            response: "errorCode:int16, mechanisms:[string]"),
        API(
            18, "ApiVersions", 0...3, flexible: 3,
            request: "softwareName:string@3, softwareVersion:string@3",
            response: "errorCode:int16, apiKeys:[apiKey:int16, minVersion:int16, maxVersion:int16], throttleTimeMs:int32@1"),
        API(
            19, "CreateTopics", 2...7, flexible: 5,
            request: """
                topics:[name:string, partitions:int32, replication:int16, assignments:[index:int32, brokers:[int32]], \
                configs:[name:string, value:string?]], timeoutMs:int32, validateOnly:bool
                """,
            response: """
                throttleTimeMs:int32, topics:[name:string, topicId:uuid@7, errorCode:int16, errorMessage:string?, partitions:int32=-1@5, \
                replication:int16=-1@5, configs:[name:string, value:string?, readOnly:bool, source:int8, isSensitive:bool]?@5]
                """),
        API(
            20, "DeleteTopics", 1...6, flexible: 4,
            request: "topics:[name:string?, topicId:uuid]@6, names:[string]@0-5, timeoutMs:int32",
            response: "throttleTimeMs:int32, responses:[name:string?, topicId:uuid@6, errorCode:int16, errorMessage:string?@5]"),
        API(
            21, "DeleteRecords", 0...2, flexible: 2,
            request: "topics:[name:string, partitions:[index:int32, offset:int64]], timeoutMs:int32",
            response: "throttleTimeMs:int32, topics:[name:string, partitions:[index:int32, lowWatermark:int64=-1, errorCode:int16]]"),
        API(
            22, "InitProducerId", 0...4, flexible: 2,
            request: "transactionalId:string?, timeoutMs:int32, producerId:int64=-1@3, producerEpoch:int16=-1@3",
            response: "throttleTimeMs:int32, errorCode:int16, producerId:int64=-1, producerEpoch:int16=-1"),
        API(
            24, "AddPartitionsToTxn", 0...3, flexible: 3,
            request: "transactionalId:string, producerId:int64, producerEpoch:int16, topics:[name:string, partitions:[int32]]",
            response: "throttleTimeMs:int32, results:[name:string, partitions:[index:int32, errorCode:int16]]"),
        API(
            25, "AddOffsetsToTxn", 0...3, flexible: 3,
            request: "transactionalId:string, producerId:int64, producerEpoch:int16, groupId:string",
            response: "throttleTimeMs:int32, errorCode:int16"),
        API(
            26, "EndTxn", 0...3, flexible: 3,
            request: "transactionalId:string, producerId:int64, producerEpoch:int16, committed:bool",
            response: "throttleTimeMs:int32, errorCode:int16"),
        API(
            28, "TxnOffsetCommit", 0...3, flexible: 3,
            request: """
                transactionalId:string, groupId:string, producerId:int64, producerEpoch:int16, generationId:int32=-1@3, memberId:string@3, \
                groupInstanceId:string?@3, topics:[name:string, partitions:[index:int32, offset:int64, leaderEpoch:int32=-1@2, \
                metadata:string?]]
                """,
            response: "throttleTimeMs:int32, topics:[name:string, partitions:[index:int32, errorCode:int16]]"),
        API(
            32, "DescribeConfigs", 1...4, flexible: 4,
            request: "resources:[type:int8, name:string, keys:[string]?], synonyms:bool, documentation:bool@3",
            response: """
                throttleTimeMs:int32, results:[errorCode:int16, errorMessage:string?, type:int8, name:string, configs:[name:string, \
                value:string?, readOnly:bool, source:int8=-1, isSensitive:bool, synonyms:[name:string, value:string?, source:int8], \
                configType:int8@3, documentation:string?@3]]
                """),
        API(
            33, "AlterConfigs", 0...2, flexible: 2,
            request: "resources:[type:int8, name:string, configs:[name:string, value:string?]], validateOnly:bool",
            response: "throttleTimeMs:int32, responses:[errorCode:int16, errorMessage:string?, type:int8, name:string]"),
        API(
            36, "SaslAuthenticate", 0...2, flexible: 2,
            request: "authBytes:bytes",
            response: "errorCode:int16, errorMessage:string?, authBytes:bytes, sessionLifetimeMs:int64@1"),
        API(
            37, "CreatePartitions", 0...3, flexible: 2,
            request: "topics:[name:string, count:int32, assignments:[brokers:[int32]]?], timeoutMs:int32, validateOnly:bool",
            response: "throttleTimeMs:int32, results:[name:string, errorCode:int16, errorMessage:string?]"),
        API(
            42, "DeleteGroups", 0...2, flexible: 2,
            request: "groups:[string]",
            response: "throttleTimeMs:int32, results:[groupId:string, errorCode:int16]"),
        API(
            44, "IncrementalAlterConfigs", 0...1, flexible: 1,
            request: "resources:[type:int8, name:string, configs:[name:string, operation:int8, value:string?]], validateOnly:bool",
            response: "throttleTimeMs:int32, responses:[errorCode:int16, errorMessage:string?, type:int8, name:string]"),
        API(
            47, "OffsetDelete", 0...0, flexible: .max,
            request: "groupId:string, topics:[name:string, partitions:[index:int32]]",
            response: "errorCode:int16, throttleTimeMs:int32, topics:[name:string, partitions:[index:int32, errorCode:int16]]"),
        API(
            60, "DescribeCluster", 0...0, flexible: 0,
            request: "operations:bool",
            response: """
                throttleTimeMs:int32, errorCode:int16, errorMessage:string?, clusterId:string, controllerId:int32, brokers:[nodeId:int32, \
                host:string, port:int32, rack:string?], operations:int32=-2147483648
                """),
    ]

    static let byKey = Dictionary(all.map { ($0.key, $0) }, uniquingKeysWith: { $1 })
}
