/// Where a schema stands: in which of the documents that were loaded, and where in that.
struct SchemaLocation: Sendable, Hashable {
    let document: Int
    let pointer: JSONPointer

    func appending(_ tokens: String...) -> SchemaLocation {
        SchemaLocation(document: document, pointer: JSONPointer(pointer.tokens + tokens))
    }
}
