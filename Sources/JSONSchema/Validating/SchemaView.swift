/// From which side a schema is looked at.
public enum SchemaView: Sendable, Hashable {
    /// As it is written: nothing undeclared may leave a writer.
    case closedWriter
    /// As a reader sees it: a member that isn't declared is ignored. `additionalProperties: false` and `unevaluatedProperties: false`
    /// assert nothing, wherever they stand; any other schema in their place does.
    case openReader
}
