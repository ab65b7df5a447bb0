import Foundation
import Hummingbird

/// Why a call failed, as a client reads it: the status, what is wrong, in which field, and what to do about it. RFC 9457.
struct Problem: Error, Hashable, Sendable, Codable {
    var status: Int
    var title: String
    var detail: String
    /// The field of the body, or the header, at fault.
    var field: String?
    var remedy: String
}

extension Problem {
    init(_ fault: FieldFault) {
        self.init(
            status: 422, title: "Field not accepted", detail: "\(fault.field): \(fault.detail)",
            field: fault.field, remedy: fault.remedy)
    }

    init(_ refusal: LedgerRefusal) {
        switch refusal {
        case .keyOfAnotherRequest(let key):
            self.init(
                status: 422, title: "Idempotency key of another request",
                detail: "\(key) was used before for a request that asked for something else",
                field: HeaderName.idempotencyKey, remedy: "Use a new key for a new request, and repeat a request unchanged.")
        case .unknownPayment(let paymentId):
            self.init(
                status: 404, title: "Unknown payment", detail: "there is no payment \(paymentId)",
                field: "paymentId", remedy: "Send the paymentId that a charge answered.")
        case .paymentDeclined(let paymentId):
            self.init(
                status: 409, title: "Nothing was charged", detail: "the payment \(paymentId) was declined",
                field: "paymentId", remedy: "Refund authorized payments only.")
        case .exceedsCharge(let paymentId, let refundableCents):
            self.init(
                status: 409, title: "More than was charged",
                detail: "\(refundableCents) cents of the payment \(paymentId) can still be refunded",
                field: "amountCents", remedy: "Refund at most \(refundableCents) cents.")
        }
    }

    init(_ interruption: Interruption) {
        let remedy = "Repeat the request under the same key."
        switch interruption {
        case .outage:
            self.init(status: 503, title: "Out of order", detail: "nothing was recorded", remedy: remedy)
        case .injectedError:
            self.init(status: 503, title: "Temporary failure", detail: "nothing was recorded", remedy: remedy)
        case .flakyCard:
            self.init(status: 503, title: "Card network did not answer", detail: "nothing was recorded", remedy: remedy)
        case .answerLost:
            self.init(status: 500, title: "Answer lost", detail: "what was recorded is not told", remedy: remedy)
        case .stopping:
            self.init(status: 503, title: "Shutting down", detail: "nothing was recorded", remedy: remedy)
        }
    }
}

extension Problem {
    func response() throws -> Response {
        try Response(json: self, status: .init(code: status), contentType: "application/problem+json")
    }
}
