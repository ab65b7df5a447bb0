import Foundation
import Hummingbird

extension Request {
    /// The client's name for what it asks.
    ///
    /// - Throws: ``Problem`` if it is absent or can't be one.
    func idempotencyKey() throws(Problem) -> String {
        let longest = 255
        guard let key = headers[named: HeaderName.idempotencyKey], !key.isEmpty else {
            throw Problem(
                status: 400, title: "Header missing", detail: "\(HeaderName.idempotencyKey) is absent or empty",
                field: HeaderName.idempotencyKey,
                remedy: "Send a key that names the request, and the same one when you repeat it.")
        }
        guard key.utf8.count <= longest else {
            throw Problem(
                FieldFault(
                    HeaderName.idempotencyKey, "\(key.utf8.count) bytes are too many",
                    remedy: "Send at most \(longest) bytes."))
        }
        return key
    }

    /// The body as JSON. Fields that `Body` doesn't know are passed over.
    ///
    /// - Throws: ``Problem`` naming the field, or what the connection reports.
    func body<Body: Decodable>(as type: Body.Type) async throws -> Body {
        let bytes = try await body.collect(upTo: 64 * 1_024)
        do {
            return try JSONDecoder().decode(type, from: Data(bytes.readableBytesView))
        } catch let error as DecodingError {
            throw Problem(error)
        }
    }
}

extension Problem {
    /// What is wrong with a body, from the decoder's complaint.
    init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, _):
            self.init(FieldFault(key.stringValue, "is missing", remedy: "Send it."))
        case .typeMismatch(let type, let context) where !context.codingPath.isEmpty:
            self.init(FieldFault(context.field, "is not \(Problem.words(for: type))", remedy: "Send \(Problem.words(for: type))."))
        case .valueNotFound(let type, let context) where !context.codingPath.isEmpty:
            self.init(FieldFault(context.field, "is null", remedy: "Send \(Problem.words(for: type))."))
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            self.init(FieldFault(context.field, context.debugDescription, remedy: "Send a value in range."))
        default:
            self.init(
                status: 400, title: "Body not readable", detail: "the body is not a JSON object",
                remedy: "Send one JSON object, in UTF-8.")
        }
    }

    private static func words(for type: any Any.Type) -> String {
        switch type {
        case is Int.Type: "a whole number"
        case is Double.Type: "a number"
        case is Bool.Type: "true or false"
        case is String.Type: "a string"
        default: "a \(type)"
        }
    }
}

extension DecodingError.Context {
    fileprivate var field: String { codingPath.map(\.stringValue).joined(separator: ".") }
}
