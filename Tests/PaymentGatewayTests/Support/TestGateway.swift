import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting

@testable import PaymentGateway

/// A gateway with a ledger of its own, and a client that speaks to it.
struct TestGateway: Sendable {
    let client: any TestClientProtocol

    func post(_ path: String, key: String?, _ body: String) async throws -> TestResponse {
        var headers: HTTPFields = [.contentType: "application/json"]
        headers[named: "Idempotency-Key"] = key
        return try await client.executeRequest(uri: path, method: .post, headers: headers, body: ByteBuffer(string: body))
    }

    func put(_ path: String, _ body: String) async throws -> TestResponse {
        try await client.executeRequest(uri: path, method: .put, headers: [:], body: ByteBuffer(string: body))
    }

    func get(_ path: String) async throws -> TestResponse {
        try await client.executeRequest(uri: path, method: .get, headers: [:], body: nil)
    }
}

func withGateway(
    _ setup: TestingSetup = .router, _ body: @escaping @Sendable (TestGateway) async throws -> Void
) async throws {
    try await withDesk { desk in
        let application = Application(router: GatewayRoutes(desk: desk).router())
        try await application.test(setup) { client in try await body(TestGateway(client: client)) }
    }
}

extension TestResponse {
    var text: String { String(decoding: body.readableBytesView, as: UTF8.self) }

    /// The `paymentId` of a charge's answer.
    func paymentId() throws -> String {
        try JSONDecoder().decode(ChargeAnswer.self, from: Data(body.readableBytesView)).paymentId
    }

    func problem() throws -> Problem {
        try JSONDecoder().decode(Problem.self, from: Data(body.readableBytesView))
    }
}
