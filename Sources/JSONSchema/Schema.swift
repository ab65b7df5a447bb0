/// A compiled JSON Schema (draft 2020-12).
///
/// Supported are the keywords that the house's schemas use; any other is refused when compiling, with its place.
public struct Schema: Sendable {
    let root: SchemaNode

    /// - Parameters:
    ///   - origin: the name of the file, for errors.
    public static func compile(
        _ document: JSONValue, origin: String, view: SchemaView = .closedWriter
    ) throws(SchemaCompileError) -> Schema {
        let compiler = SchemaCompiler(origin: origin, view: view)
        return Schema(root: try compiler.compile(document, at: JSONPointer()))
    }

    /// Every violation, in the order of the document; empty for a valid one.
    public func validate(_ value: JSONValue) -> [Violation] {
        var violations: [Violation] = []
        root.check(value, instance: JSONPointer(), schema: JSONPointer(), into: &violations)
        return violations
    }

    public func isValid(_ value: JSONValue) -> Bool { validate(value).isEmpty }
}
