import Hummingbird
import Logging

/// Turns whatever is thrown into a ``Problem``: a client never gets a failure without a body that says what to do.
struct ProblemMiddleware<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request, context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            return try problem(for: error, request, context).response()
        }
    }

    private func problem(for error: any Error, _ request: Request, _ context: Context) -> Problem {
        switch error {
        case let problem as Problem: return problem
        case let fault as FieldFault: return Problem(fault)
        case let refusal as LedgerRefusal: return Problem(refusal)
        case let interruption as Interruption: return Problem(interruption)
        case let error as any HTTPResponseError where error.status == .notFound:
            return Problem(
                status: 404, title: "No such resource", detail: "\(request.method) \(request.uri.path) is nothing here",
                remedy: "See POST /charges, POST /refunds, GET /charges/{paymentId}, GET /ledger, GET and PUT /switches, GET /health.")
        case let error as any HTTPResponseError:
            return Problem(
                status: error.status.code, title: error.status.reasonPhrase, detail: "the request can't be read",
                remedy: "Send a JSON object of at most 64 KiB.")
        default:
            context.logger.error("a call failed", metadata: ["path": "\(request.uri.path)", "error": "\(error)"])
            return Problem(
                status: 500, title: "Internal failure", detail: "the ledger could not be used",
                remedy: "Repeat the request under the same key.")
        }
    }
}
