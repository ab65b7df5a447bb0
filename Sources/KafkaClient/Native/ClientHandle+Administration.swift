internal import CLibrdkafka

extension ClientHandle {
    /// One request of librdkafka's admin interface: options, the call, and its answer.
    ///
    /// `start` makes the call and `read` takes apart an answer that is no error as a whole.
    func administer<R: Sendable>(
        _ operation: rd_kafka_admin_op_t,
        timeout: Duration,
        start: (_ client: OpaquePointer, _ options: OpaquePointer?, _ queue: OpaquePointer) -> Void,
        read: @escaping @Sendable (_ event: OpaquePointer) -> Result<R, KafkaError>
    ) async throws(KafkaError) -> R {
        // An hour is the most that librdkafka accepts here.
        let milliseconds = min(max(1, timeout.kafkaMilliseconds), 3_600_000)
        do throws(KafkaError) {
            return try await request { client, queue, opaque in
                let options = rd_kafka_AdminOptions_new(client, operation)
                defer { rd_kafka_AdminOptions_destroy(options) }
                rd_kafka_AdminOptions_set_opaque(options, opaque)
                rd_kafka_AdminOptions_set_request_timeout(options, milliseconds, nil, 0)
                // Refused, without harm, by the operations that have no such wait.
                rd_kafka_AdminOptions_set_operation_timeout(options, milliseconds, nil, 0)
                start(client, options, queue)
            } read: { event in
                let code = rd_kafka_event_error(event)
                guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
                    var error = KafkaError(native: code)
                    if let text = rd_kafka_event_error_string(event) { error.message = String(cString: text) }
                    return .failure(error)
                }
                return read(event)
            }
        } catch {
            throw explained(error)
        }
    }
}

/// Outcomes by topic name.
func topicOutcomes(
    _ results: UnsafeMutablePointer<OpaquePointer?>?,
    count: Int
) -> [String: KafkaError?] {
    var outcomes: [String: KafkaError?] = [:]
    for case let result? in UnsafeBufferPointer(start: results, count: count) {
        let name = String(cString: rd_kafka_topic_result_name(result))
        let code = rd_kafka_topic_result_error(result)
        guard code != RD_KAFKA_RESP_ERR_NO_ERROR else {
            outcomes[name] = .some(nil)
            continue
        }
        var error = KafkaError(native: code, "topic \(name)")
        if let text = rd_kafka_topic_result_error_string(result) { error.message = "topic \(name): \(String(cString: text))" }
        outcomes[name] = error
    }
    return outcomes
}
