/// Why a record could not be processed, as told in its dead letter.
public struct DeadLetterReason: Sendable, Hashable, CustomStringConvertible {
    /// The classes that an operator filters by.
    public enum ErrorClass: String, Sendable, Hashable, CaseIterable {
        /// The record has no key, or one that isn't UTF-8: it has no state to belong to.
        case unusableKey = "unusable-key"
        /// The headers are not those of a CloudEvent.
        case malformedEnvelope = "malformed-envelope"
        /// The event is known, but not in this major version.
        case unsupportedVersion = "unsupported-version"
        /// The data isn't JSON, or there is none.
        case malformedData = "malformed-data"
        /// The data violates its schema.
        case invalidData = "invalid-data"
        /// The data is valid in an older version, but the service's upcaster made something of it that the newer one forbids: a defect
        /// of the service.
        case invalidUpcast = "invalid-upcast"
        /// The service produced something its own schema forbids: a defect of the service.
        case invalidOutput = "invalid-output"
        /// What came of it exceeds the broker's limit for one record.
        case recordTooLarge = "record-too-large"
    }

    public var errorClass: ErrorClass
    /// What is wrong, and where in the record; holds no secret, but may quote the data.
    public var detail: String

    public init(_ errorClass: ErrorClass, _ detail: String) {
        self.errorClass = errorClass
        self.detail = detail
    }

    public var description: String { "\(errorClass.rawValue): \(detail)" }
}
