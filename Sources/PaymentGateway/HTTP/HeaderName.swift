import HTTPTypes

/// The headers that make a call repeatable.
/// https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
enum HeaderName {
    /// Of a request, required: names what is asked for, once and for all.
    static let idempotencyKey = "Idempotency-Key"
    /// Of an answer: `true` if the key was known and nothing new was recorded.
    static let idempotentReplayed = "Idempotent-Replayed"
}

extension HTTPFields {
    /// A header by its name; `nil` as a value removes it.
    subscript(named name: String) -> String? {
        get { HTTPField.Name(name).flatMap { self[$0] } }
        set {
            guard let name = HTTPField.Name(name) else { return }
            self[name] = newValue
        }
    }
}
