/// Who a consumer is within its group: group, generation, member and instance id, as
/// ``TransactionalProducer/sendOffsets(_:group:timeout:)`` needs them to be fenced together
/// with the consumer.
///
/// A snapshot: take it anew for each transaction, because the generation changes with every
/// rebalance.
public struct ConsumerGroupMetadata: Sendable {
    let handle: GroupMetadataHandle
}
