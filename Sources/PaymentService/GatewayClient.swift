import AsyncHTTPClient
import Ferry
import Foundation
import NIOCore
import NIOFoundationCompat

/// Calls the payment gateway. An answer is a result, whatever it says; only the absence of one is an error, and the call is
/// then repeated under the same idempotency key.
struct GatewayClient: EffectPerformer {
    typealias Contract = PaymentService.Contract

    let address: String
    let http: HTTPClient
    /// How long to wait for one answer.
    var timeout: TimeAmount = .seconds(10)

    func perform(_ effect: Effect, idempotencyKey: String) async throws -> EffectResult {
        switch effect {
        case .charge(let charge):
            let answer: ChargeAnswer = try await post(
                "charges", effect: effect, idempotencyKey: idempotencyKey,
                refused: { ChargeAnswer(outcome: "declined", declineReason: $0) })
            return .chargeAnswered(
                ChargeAnswered(
                    orderId: charge.orderId,
                    outcome: answer.outcome == "authorized" ? .authorized : .declined,
                    paymentId: answer.paymentId,
                    declineReason: answer.declineReason))
        case .refund(let refund):
            let answer: RefundAnswer = try await post(
                "refunds", effect: effect, idempotencyKey: idempotencyKey, refused: nil)
            return .refundAnswered(RefundAnswered(orderId: refund.orderId, refundId: answer.refundId))
        }
    }

    private struct ChargeAnswer: Decodable {
        var paymentId: String?
        var outcome: String
        var declineReason: String?
    }

    private struct RefundAnswer: Decodable {
        var refundId: String?
    }

    /// - Parameter refused: makes an answer of a refusal (4xx); `nil` where a refusal can only be an outage of reason, to be tried again.
    private func post<Answer: Decodable>(
        _ path: String, effect: Effect, idempotencyKey: String, refused: ((String) -> Answer)?
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: "\(address)/\(path)")
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.headers.add(name: "idempotency-key", value: idempotencyKey)
        request.body = .bytes(try effect.encode())
        let response = try await http.execute(request, timeout: timeout)
        let body = try await response.body.collect(upTo: 64 * 1_024)
        switch response.status.code {
        case 200..<300:
            return try JSONDecoder().decode(Answer.self, from: body)
        case 400..<500:
            let text = String(buffer: body)
            guard let refused, response.status != .tooManyRequests else { throw GatewayFailure(status: response.status.code, body: text) }
            return refused("the gateway refused the charge (\(response.status.code)): \(text)")
        default:
            throw GatewayFailure(status: response.status.code, body: String(buffer: body))
        }
    }
}

/// The gateway gave no answer that tells what happened.
struct GatewayFailure: Error, CustomStringConvertible {
    let status: UInt
    let body: String

    var description: String { "the payment gateway answered \(status): \(body)" }
}
