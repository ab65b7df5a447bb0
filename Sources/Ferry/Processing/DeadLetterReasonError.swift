import EventContracts

/// Carries a ``DeadLetterReason`` out of the steps of processing.
struct DeadLetterReasonError: Error {
    let reason: DeadLetterReason

    init(_ errorClass: DeadLetterReason.ErrorClass, _ detail: String) {
        reason = DeadLetterReason(errorClass, detail)
    }

    init(_ error: PayloadError) {
        let errorClass: DeadLetterReason.ErrorClass =
            switch error {
            case .malformedJSON: .malformedData
            case .unsupportedVersion: .unsupportedVersion
            case .invalidUpcast: .invalidUpcast
            default: .invalidData
            }
        reason = DeadLetterReason(errorClass, "\(error)")
    }
}
