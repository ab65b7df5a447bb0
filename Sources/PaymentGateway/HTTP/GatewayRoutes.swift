import Hummingbird

/// The gateway's resources.
struct GatewayRoutes: Sendable {
    let desk: PaymentDesk

    func router() -> Router<BasicRequestContext> {
        let router = Router()
        router.add(middleware: ProblemMiddleware())
        router.post("charges") { request, _ in try await charge(request) }
        router.get("charges/:paymentId") { _, context in try await show(context.parameters.get("paymentId") ?? "") }
        router.post("refunds") { request, _ in try await refund(request) }
        router.get("ledger") { _, _ in try Response(json: try await desk.ledger.totals()) }
        router.get("switches") { _, _ in try Response(json: desk.switchBoard.switches) }
        router.put("switches") { request, _ in
            try Response(json: desk.switchBoard.apply(try await request.body(as: SwitchChange.self)))
        }
        router.get("health") { _, _ in try Response(json: ["status": "ok"]) }
        return router
    }

    private func charge(_ request: Request) async throws -> Response {
        let key = try request.idempotencyKey()
        let charge = try await request.body(as: ChargeBody.self).request()
        return try answer(try await desk.charge(charge, key: key), ChargeAnswer.init)
    }

    private func refund(_ request: Request) async throws -> Response {
        let key = try request.idempotencyKey()
        let refund = try await request.body(as: RefundBody.self).request()
        return try answer(try await desk.refund(refund, key: key), RefundAnswer.init)
    }

    private func show(_ paymentId: String) async throws -> Response {
        guard let charge = try await desk.ledger.charge(paymentId: paymentId) else {
            throw LedgerRefusal.unknownPayment(paymentId: paymentId)
        }
        return try Response(json: charge)
    }

    /// 201 for what was recorded by this call, 200 for what was recorded before: with the same body.
    private func answer<Entry, Answer: Encodable>(
        _ recorded: Recorded<Entry>, _ body: (Entry) -> Answer
    ) throws -> Response {
        switch recorded {
        case .new(let entry):
            return try Response(json: body(entry), status: .created)
        case .known(let entry):
            var response = try Response(json: body(entry))
            response.headers[named: HeaderName.idempotentReplayed] = "true"
            return response
        }
    }
}
