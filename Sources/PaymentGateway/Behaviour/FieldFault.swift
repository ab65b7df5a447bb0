/// One field of a request, or one header, that can't be accepted.
struct FieldFault: Error, Hashable, Sendable {
    var field: String
    /// What is wrong with it.
    var detail: String
    /// What to send instead.
    var remedy: String

    init(_ field: String, _ detail: String, remedy: String) {
        self.field = field
        self.detail = detail
        self.remedy = remedy
    }
}
