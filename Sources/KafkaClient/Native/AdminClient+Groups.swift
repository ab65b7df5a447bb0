internal import CLibrdkafka

extension AdminClient {
    /// All groups of the cluster, by id. Throws if one of the brokers does not answer, rather
    /// than leaving its groups out.
    public func listGroups(timeout: Duration) async throws(KafkaError) -> [GroupListing] {
        let operation = RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPS
        return try await handle.administer(operation, timeout: timeout) { client, options, queue in
            rd_kafka_ListConsumerGroups(client, options, queue)
        } read: { event in
            let result = rd_kafka_event_ListConsumerGroups_result(event)
            var count = 0
            if let errors = rd_kafka_ListConsumerGroups_result_errors(result, &count), count > 0 {
                return .failure(KafkaError(native: rd_kafka_error_code(errors[0]), "list groups"))
            }
            let groups = rd_kafka_ListConsumerGroups_result_valid(result, &count)
            return .success(UnsafeBufferPointer(start: groups, count: count).compactMap { $0 }.map { group in
                GroupListing(
                    id: String(cString: rd_kafka_ConsumerGroupListing_group_id(group)),
                    state: stateName(rd_kafka_ConsumerGroupListing_state(group)),
                    isSimple: rd_kafka_ConsumerGroupListing_is_simple_consumer_group(group) != 0
                )
            }.sorted { $0.id < $1.id })
        }
    }

    /// Per group its description, or why there is none. A group that does not exist is
    /// described as `Dead` and empty.
    public func describeGroups(
        _ ids: [String],
        timeout: Duration
    ) async throws(KafkaError) -> [String: Result<GroupDescription, KafkaError>] {
        guard !ids.isEmpty else { return [:] }
        let operation = RD_KAFKA_ADMIN_OP_DESCRIBECONSUMERGROUPS
        return try await handle.administer(operation, timeout: timeout) { client, options, queue in
            withCStrings(ids) { rd_kafka_DescribeConsumerGroups(client, $0, ids.count, options, queue) }
        } read: { event in
            var count = 0
            let groups = rd_kafka_DescribeConsumerGroups_result_groups(
                rd_kafka_event_DescribeConsumerGroups_result(event), &count
            )
            var descriptions: [String: Result<GroupDescription, KafkaError>] = [:]
            for case let group? in UnsafeBufferPointer(start: groups, count: count) {
                let description = GroupDescription(native: group)
                // The error stays the event's.
                if let error = rd_kafka_ConsumerGroupDescription_error(group) {
                    descriptions[description.id] = .failure(
                        KafkaError(native: rd_kafka_error_code(error), "group \(description.id)")
                    )
                } else {
                    descriptions[description.id] = .success(description)
                }
            }
            return .success(descriptions)
        }
    }

    /// Deletes groups without members, with their offsets. Per group: `nil` if it was deleted,
    /// else why not.
    public func deleteGroups(
        _ ids: [String],
        timeout: Duration
    ) async throws(KafkaError) -> [String: KafkaError?] {
        guard !ids.isEmpty else { return [:] }
        return try await handle.administer(RD_KAFKA_ADMIN_OP_DELETEGROUPS, timeout: timeout) { client, options, queue in
            var groups = ids.map { rd_kafka_DeleteGroup_new($0) }
            rd_kafka_DeleteGroups(client, &groups, groups.count, options, queue)
            rd_kafka_DeleteGroup_destroy_array(&groups, groups.count)
        } read: { event in
            var count = 0
            let results = rd_kafka_DeleteGroups_result_groups(rd_kafka_event_DeleteGroups_result(event), &count)
            var outcomes: [String: KafkaError?] = [:]
            for case let result? in UnsafeBufferPointer(start: results, count: count) {
                let name = String(cString: rd_kafka_group_result_name(result))
                outcomes[name] = .some(rd_kafka_group_result_error(result).map {
                    KafkaError(native: rd_kafka_error_code($0), "group \(name)")
                })
            }
            return .success(outcomes)
        }
    }

    // MARK: - Offsets

    /// A group's committed offsets; `nil` where there is none.
    public func committedOffsets(
        group: String,
        partitions: [TopicPartition],
        timeout: Duration
    ) async throws(KafkaError) -> [TopicPartition: Int64?] {
        guard !partitions.isEmpty else { return [:] }
        return try await committedOffsets(group: group, PartitionList(partitions), timeout: timeout)
    }

    /// All of a group's committed offsets.
    public func committedOffsets(
        group: String,
        timeout: Duration
    ) async throws(KafkaError) -> [TopicPartition: Int64] {
        try await committedOffsets(group: group, nil, timeout: timeout).compactMapValues { $0 }
    }

    private func committedOffsets(
        group: String,
        _ list: PartitionList?,
        timeout: Duration
    ) async throws(KafkaError) -> [TopicPartition: Int64?] {
        let operation = RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS
        return try await handle.administer(operation, timeout: timeout) { client, options, queue in
            var request = list.map { $0.withPointer { rd_kafka_ListConsumerGroupOffsets_new(group, $0) } }
                ?? rd_kafka_ListConsumerGroupOffsets_new(group, nil)
            rd_kafka_ListConsumerGroupOffsets(client, &request, 1, options, queue)
            rd_kafka_ListConsumerGroupOffsets_destroy(request)
        } read: { event in
            var count = 0
            let results = rd_kafka_ListConsumerGroupOffsets_result_groups(
                rd_kafka_event_ListConsumerGroupOffsets_result(event), &count
            )
            return Result { () throws(KafkaError) in
                guard let list = try groupPartitions(results, count: count) else { return [:] }
                return try PartitionList(copying: list).offsets("committed offsets of \(group)")
            }
        }
    }

    /// Sets a group's offsets, each the next to be read. Brokers refuse while the group has
    /// members. Per partition: `nil` if it was set, else why not.
    public func alterOffsets(
        group: String,
        _ next: [TopicPartition: Int64],
        timeout: Duration
    ) async throws(KafkaError) -> [TopicPartition: KafkaError?] {
        guard !next.isEmpty else { return [:] }
        let list = PartitionList(next)
        let operation = RD_KAFKA_ADMIN_OP_ALTERCONSUMERGROUPOFFSETS
        return try await handle.administer(operation, timeout: timeout) { client, options, queue in
            var request = list.withPointer { rd_kafka_AlterConsumerGroupOffsets_new(group, $0) }
            rd_kafka_AlterConsumerGroupOffsets(client, &request, 1, options, queue)
            rd_kafka_AlterConsumerGroupOffsets_destroy(request)
        } read: { event in
            var count = 0
            let results = rd_kafka_AlterConsumerGroupOffsets_result_groups(
                rd_kafka_event_AlterConsumerGroupOffsets_result(event), &count
            )
            return partitionOutcomes(of: results, count: count, "alter offsets of \(group)")
        }
    }

    /// Forgets a group's offsets of these partitions, none of which a member may be subscribed
    /// to. Per partition: `nil` if it was done, else why not.
    public func deleteOffsets(
        group: String,
        _ partitions: [TopicPartition],
        timeout: Duration
    ) async throws(KafkaError) -> [TopicPartition: KafkaError?] {
        guard !partitions.isEmpty else { return [:] }
        let list = PartitionList(partitions)
        let operation = RD_KAFKA_ADMIN_OP_DELETECONSUMERGROUPOFFSETS
        return try await handle.administer(operation, timeout: timeout) { client, options, queue in
            var request = list.withPointer { rd_kafka_DeleteConsumerGroupOffsets_new(group, $0) }
            rd_kafka_DeleteConsumerGroupOffsets(client, &request, 1, options, queue)
            rd_kafka_DeleteConsumerGroupOffsets_destroy(request)
        } read: { event in
            var count = 0
            let results = rd_kafka_DeleteConsumerGroupOffsets_result_groups(
                rd_kafka_event_DeleteConsumerGroupOffsets_result(event), &count
            )
            return partitionOutcomes(of: results, count: count, "delete offsets of \(group)")
        }
    }
}

/// The partitions of the one group that was asked for, or the group's error.
private func groupPartitions(
    _ results: UnsafeMutablePointer<OpaquePointer?>?,
    count: Int
) throws(KafkaError) -> UnsafePointer<rd_kafka_topic_partition_list_t>? {
    guard count > 0, let result = results?[0] else { return nil }
    // The error stays the event's.
    if let error = rd_kafka_group_result_error(result) {
        throw KafkaError(
            native: rd_kafka_error_code(error), "group \(String(cString: rd_kafka_group_result_name(result)))"
        )
    }
    return rd_kafka_group_result_partitions(result)
}

/// A list entry without an error is a success.
private func partitionOutcomes(
    of results: UnsafeMutablePointer<OpaquePointer?>?,
    count: Int,
    _ context: String
) -> Result<[TopicPartition: KafkaError?], KafkaError> {
    Result { () throws(KafkaError) in
        guard let list = try groupPartitions(results, count: count) else { return [:] }
        var outcomes: [TopicPartition: KafkaError?] = [:]
        for entry in PartitionList.entries(of: list) {
            outcomes[entry.partition] = .some(
                entry.error == RD_KAFKA_RESP_ERR_NO_ERROR
                    ? nil : KafkaError(native: entry.error, context, topicPartition: entry.partition)
            )
        }
        return outcomes
    }
}

private func stateName(_ state: rd_kafka_consumer_group_state_t) -> String {
    String(cString: rd_kafka_consumer_group_state_name(state))
}

/// The strings live until `body` returns.
private func withCStrings(_ strings: [String], _ body: (UnsafeMutablePointer<UnsafePointer<CChar>?>?) -> Void) {
    let buffer = strings.map { Array($0.utf8CString) }
    let starts = buffer.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) }
    buffer.flatMap { $0 }.withUnsafeBufferPointer { all in
        var pointers = starts.dropLast().map { start in all.baseAddress.map { $0 + start } }
        body(&pointers)
    }
}

extension GroupDescription {
    fileprivate init(native group: OpaquePointer) {
        id = String(cString: rd_kafka_ConsumerGroupDescription_group_id(group))
        state = stateName(rd_kafka_ConsumerGroupDescription_state(group))
        assignor = rd_kafka_ConsumerGroupDescription_partition_assignor(group).map { String(cString: $0) } ?? ""
        coordinator = rd_kafka_ConsumerGroupDescription_coordinator(group).map { rd_kafka_Node_id($0) } ?? -1
        members = (0..<rd_kafka_ConsumerGroupDescription_member_count(group)).compactMap { index in
            rd_kafka_ConsumerGroupDescription_member(group, index).map(Member.init(native:))
        }
    }
}

extension GroupDescription.Member {
    fileprivate init(native member: OpaquePointer) {
        func text(_ pointer: UnsafePointer<CChar>?) -> String { pointer.map { String(cString: $0) } ?? "" }
        memberID = text(rd_kafka_MemberDescription_consumer_id(member))
        instanceID = rd_kafka_MemberDescription_group_instance_id(member).map { String(cString: $0) }
        clientID = text(rd_kafka_MemberDescription_client_id(member))
        host = text(rd_kafka_MemberDescription_host(member))
        partitions = rd_kafka_MemberDescription_assignment(member)
            .flatMap { rd_kafka_MemberAssignment_partitions($0) }
            .map { PartitionList.entries(of: $0).map(\.partition).sorted() } ?? []
    }
}
