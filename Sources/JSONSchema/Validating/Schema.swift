/// A compiled JSON Schema, draft 2020-12.
///
/// Compiling takes time. Validating doesn't change the schema, and allocates nothing for a valid ``JSONDocument``; docs/json-schema.md has
/// the few exceptions.
public struct Schema: Sendable {
    let program: SchemaProgram

    /// - Parameters:
    ///   - origin: the name of the file, for errors.
    ///   - view: from which side the schema is looked at, with all that it refers to.
    ///   - options: whether keywords that aren't supported are refused, as is right for the house's own schemas.
    ///   - resolver: knows the documents that are referred to and aren't part of this one.
    /// - Throws: ``SchemaCompileError`` with file and pointer for anything that is wrong with the schema, or not supported.
    public static func compile(
        _ document: JSONValue, origin: String, view: SchemaView = .closedWriter, options: SchemaOptions = .house,
        resolver: SchemaResolver = .none
    ) throws(SchemaCompileError) -> Schema {
        var compiler = SchemaCompiler(view: view, options: options, resolver: resolver)
        return Schema(program: try compiler.compile(document, origin: origin))
    }

    /// The violations, members and items in the order of the document; empty for a valid one. At most ``violationLimit``.
    public func validate(_ document: JSONDocument) -> [Violation] {
        if isValid(document) { return [] }
        var evaluation = Evaluation(program, document, report: Findings(in: document))
        _ = evaluation.satisfies()
        return evaluation.report.violations
    }

    /// Stops at the first violation.
    public func isValid(_ document: JSONDocument) -> Bool {
        var evaluation = Evaluation(program, document, report: Verdict())
        return evaluation.satisfies()
    }

    /// As ``validate(_:)-(JSONDocument)``, of a value that is made a document first.
    public func validate(_ value: JSONValue) -> [Violation] { validate(JSONDocument(value)) }

    public func isValid(_ value: JSONValue) -> Bool { isValid(JSONDocument(value)) }

    /// Whoever has to mend a document wants to see some of what is wrong; a million violations would only take memory.
    public static let violationLimit = 1_000
}
