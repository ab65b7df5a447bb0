internal import CLibrdkafka

/// Owns an `rd_kafka_consumer_group_metadata_t`.
///
/// Unchecked: the object is a copy of a few strings and numbers that nothing changes after it
/// was made; it outlives its consumer.
final class GroupMetadataHandle: @unchecked Sendable {
    private let pointer: OpaquePointer

    init(owning pointer: OpaquePointer) { self.pointer = pointer }

    func withPointer<R>(_ body: (OpaquePointer) -> R) -> R {
        withExtendedLifetime(self) { body(pointer) }
    }

    deinit { rd_kafka_consumer_group_metadata_destroy(pointer) }
}
