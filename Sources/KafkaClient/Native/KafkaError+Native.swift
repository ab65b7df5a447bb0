internal import CLibrdkafka

extension KafkaError {
    /// From a bare code. `context` says what was being done; librdkafka's own text follows it.
    init(
        native code: rd_kafka_resp_err_t,
        _ context: String? = nil,
        topicPartition: TopicPartition? = nil
    ) {
        let text = String(cString: rd_kafka_err2str(code))
        self.init(
            Code(native: code),
            context.map { "\($0): \(text)" } ?? text,
            nativeCode: code.rawValue,
            nativeName: String(cString: rd_kafka_err2name(code)),
            isRetriable: Code.retriable.contains(code.rawValue),
            isFatal: code == RD_KAFKA_RESP_ERR__FATAL,
            topicPartition: topicPartition
        )
    }

    /// Takes ownership of the error object and destroys it; `nil` in is no error.
    static func take(_ error: OpaquePointer?) -> KafkaError? {
        guard let error else { return nil }
        defer { rd_kafka_error_destroy(error) }
        let code = rd_kafka_error_code(error)
        return KafkaError(
            Code(native: code),
            String(cString: rd_kafka_error_string(error)),
            nativeCode: code.rawValue,
            nativeName: String(cString: rd_kafka_error_name(error)),
            isRetriable: rd_kafka_error_is_retriable(error) != 0,
            isFatal: rd_kafka_error_is_fatal(error) != 0,
            requiresAbort: rd_kafka_error_txn_requires_abort(error) != 0
        )
    }

    /// The error that made the client unusable. librdkafka answers every later call with the
    /// bare code `_FATAL`, so the reason has to be asked for.
    static func fatal(of client: OpaquePointer) -> KafkaError? {
        var text = [CChar](repeating: 0, count: 512)
        let code = rd_kafka_fatal_error(client, &text, text.count)
        guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
        return KafkaError(
            Code(native: code),
            String(nullTerminated: text),
            nativeCode: code.rawValue,
            nativeName: String(cString: rd_kafka_err2name(code)),
            isFatal: true
        )
    }
}

extension String {
    init(nullTerminated text: [CChar]) {
        self.init(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

extension KafkaError.Code {
    init(native code: rd_kafka_resp_err_t) {
        self = Self.byNativeCode[code.rawValue] ?? .other
    }

    private static let byNativeCode: [Int32: Self] = {
        let table: [(Self, [rd_kafka_resp_err_t])] = [
            (.timedOut, [
                RD_KAFKA_RESP_ERR__TIMED_OUT, RD_KAFKA_RESP_ERR__MSG_TIMED_OUT,
                RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE, RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT,
            ]),
            (.queueFull, [RD_KAFKA_RESP_ERR__QUEUE_FULL]),
            (.brokerUnavailable, [
                RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN,
                RD_KAFKA_RESP_ERR__RESOLVE, RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE,
                RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION,
                RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, RD_KAFKA_RESP_ERR__WAIT_COORD,
                RD_KAFKA_RESP_ERR_NOT_COORDINATOR, RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS,
                RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, RD_KAFKA_RESP_ERR_NOT_CONTROLLER,
                RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS, RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS_AFTER_APPEND,
            ]),
            (.unknownTopicOrPartition, [
                RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC,
                RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION,
            ]),
            (.topicAlreadyExists, [RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS]),
            (.invalidConfiguration, [RD_KAFKA_RESP_ERR_INVALID_CONFIG]),
            (.invalidArgument, [
                RD_KAFKA_RESP_ERR__INVALID_ARG, RD_KAFKA_RESP_ERR_INVALID_PARTITIONS,
                RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR, RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION,
                RD_KAFKA_RESP_ERR_INVALID_REQUEST, RD_KAFKA_RESP_ERR_POLICY_VIOLATION,
            ]),
            (.invalidState, [
                RD_KAFKA_RESP_ERR__STATE, RD_KAFKA_RESP_ERR__CONFLICT,
                RD_KAFKA_RESP_ERR_INVALID_TXN_STATE, RD_KAFKA_RESP_ERR__PREV_IN_PROGRESS,
                RD_KAFKA_RESP_ERR_NON_EMPTY_GROUP, RD_KAFKA_RESP_ERR_GROUP_SUBSCRIBED_TO_TOPIC,
            ]),
            (.fenced, [
                RD_KAFKA_RESP_ERR__FENCED, RD_KAFKA_RESP_ERR_PRODUCER_FENCED,
                RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH, RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID,
            ]),
            (.unknownMember, [
                RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID, RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION,
            ]),
            (.rebalanceInProgress, [RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS]),
            (.assignmentLost, [RD_KAFKA_RESP_ERR__ASSIGNMENT_LOST]),
            (.maxPollExceeded, [RD_KAFKA_RESP_ERR__MAX_POLL_EXCEEDED]),
            (.messageTooLarge, [
                RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE,
                RD_KAFKA_RESP_ERR_INVALID_MSG_SIZE,
            ]),
            (.authentication, [
                RD_KAFKA_RESP_ERR__AUTHENTICATION, RD_KAFKA_RESP_ERR__SSL,
                RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED,
                RD_KAFKA_RESP_ERR_UNSUPPORTED_SASL_MECHANISM,
                RD_KAFKA_RESP_ERR_ILLEGAL_SASL_STATE,
            ]),
            (.authorization, [
                RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED,
                RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED,
                RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED,
                RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
            ]),
            (.closed, [RD_KAFKA_RESP_ERR__DESTROY]),
            (.offsetOutOfRange, [
                RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE, RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET,
            ]),
            (.noOffset, [RD_KAFKA_RESP_ERR__NO_OFFSET]),
            (.purged, [RD_KAFKA_RESP_ERR__PURGE_QUEUE, RD_KAFKA_RESP_ERR__PURGE_INFLIGHT]),
            (.corruptData, [
                RD_KAFKA_RESP_ERR__BAD_MSG, RD_KAFKA_RESP_ERR__BAD_COMPRESSION,
                RD_KAFKA_RESP_ERR_INVALID_MSG, RD_KAFKA_RESP_ERR_INVALID_RECORD,
            ]),
            (.unknownGroup, [
                RD_KAFKA_RESP_ERR__UNKNOWN_GROUP, RD_KAFKA_RESP_ERR_GROUP_ID_NOT_FOUND,
                RD_KAFKA_RESP_ERR_INVALID_GROUP_ID,
            ]),
            (.unsupported, [
                RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE, RD_KAFKA_RESP_ERR__NOT_IMPLEMENTED,
                RD_KAFKA_RESP_ERR_UNSUPPORTED_VERSION,
                RD_KAFKA_RESP_ERR_UNSUPPORTED_FOR_MESSAGE_FORMAT,
            ]),
        ]
        return Dictionary(uniqueKeysWithValues: table.flatMap { code, natives in
            natives.map { ($0.rawValue, code) }
        })
    }()

    /// Codes after which the same call may succeed. Where librdkafka hands over an error
    /// object it answers this itself and the table is not asked.
    fileprivate static let retriable: Set<Int32> = Set([
        RD_KAFKA_RESP_ERR__TIMED_OUT, RD_KAFKA_RESP_ERR__MSG_TIMED_OUT,
        RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE, RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT,
        RD_KAFKA_RESP_ERR__QUEUE_FULL,
        RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN,
        RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE,
        RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION, RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE,
        RD_KAFKA_RESP_ERR__WAIT_COORD, RD_KAFKA_RESP_ERR_NOT_COORDINATOR,
        RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS,
        RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, RD_KAFKA_RESP_ERR_NOT_CONTROLLER,
        RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS,
        RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS_AFTER_APPEND,
        RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS, RD_KAFKA_RESP_ERR__MAX_POLL_EXCEEDED,
        RD_KAFKA_RESP_ERR__PREV_IN_PROGRESS, RD_KAFKA_RESP_ERR_UNSTABLE_OFFSET_COMMIT,
        RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS,
    ].map(\.rawValue))
}
