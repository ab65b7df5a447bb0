/// `properties`, `patternProperties`, `additionalProperties`, and of `required` what `properties` names, for one pass over the members.
final class MemberTable: Sendable {
    enum Additional: Sendable {
        /// Anything may stand there, and counts as not evaluated.
        case absent
        case closed
        case schema(SchemaProgram.NodeIndex)
    }

    let properties: TextTable
    /// By position in `properties`.
    let nodes: [SchemaProgram.NodeIndex]
    /// The positions in `properties` that are required; those from 64 on have an instruction of their own.
    let required: UInt64
    /// Of `required`, for its place; -1 where nothing is.
    let requiredInstruction: Int32
    let patterns: [(pattern: Int32, node: SchemaProgram.NodeIndex)]
    let additional: Additional
    /// Of `additionalProperties`, for its place; -1 where there is none.
    let additionalInstruction: Int32

    init(
        properties: TextTable, nodes: [SchemaProgram.NodeIndex], required: UInt64, requiredInstruction: Int32,
        patterns: [(pattern: Int32, node: SchemaProgram.NodeIndex)], additional: Additional, additionalInstruction: Int32
    ) {
        self.properties = properties
        self.nodes = nodes
        self.required = required
        self.requiredInstruction = requiredInstruction
        self.patterns = patterns
        self.additional = additional
        self.additionalInstruction = additionalInstruction
    }
}
