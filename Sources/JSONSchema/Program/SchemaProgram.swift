/// A compiled schema: flat tables that refer to each other by index, so that validating follows no pointers and copies nothing.
final class SchemaProgram: Sendable {
    typealias NodeIndex = Int32

    let root: NodeIndex
    let nodes: [SchemaNode]
    let instructions: [SchemaInstruction]
    /// Where each instruction comes from, for violations; by index of the instruction.
    let origins: [InstructionOrigin]
    /// The alternatives of `allOf`, `anyOf`, `oneOf`, `prefixItems`, one list after another.
    let branches: [NodeIndex]
    let values: [JSONValue]
    /// All of `values`, in an array.
    private let constants: JSONDocument
    private let constantPlaces: [Int]
    let numbers: [JSONNumber]
    let texts: [String]
    let memberTables: [MemberTable]
    let textTables: [TextTable]
    let dependencies: [SchemaDependency]
    let patterns: [Pattern]
    let dynamicAnchors: [DynamicAnchor]
    /// Whether what a dynamic reference means depends on the way that led to it.
    let needsDynamicScope: Bool

    init(_ parts: SchemaProgramParts, root: NodeIndex) {
        self.root = root
        nodes = parts.nodes
        instructions = parts.instructions
        origins = parts.origins
        branches = parts.branches
        values = parts.values
        constants = JSONDocument(.array(parts.values))
        constantPlaces = constants.items(of: 0)
        numbers = parts.numbers
        texts = parts.texts
        memberTables = parts.memberTables
        textTables = parts.textTables
        dependencies = parts.dependencies
        patterns = parts.patterns
        dynamicAnchors = parts.dynamicAnchors
        needsDynamicScope = parts.dynamicAnchors.contains { $0.nodes.count > 1 }
    }

    /// Whether a value of a document equals the one at `index` of `values`.
    func isConstant(_ index: Int, _ document: JSONDocument, _ place: Int) -> Bool {
        document.value(at: place, equals: constants, at: constantPlaces[index])
    }
}

/// A ``SchemaProgram`` in the making.
struct SchemaProgramParts {
    var nodes: [SchemaNode] = []
    var instructions: [SchemaInstruction] = []
    var origins: [InstructionOrigin] = []
    var branches: [SchemaProgram.NodeIndex] = []
    var values: [JSONValue] = []
    var numbers: [JSONNumber] = []
    var texts: [String] = []
    var memberTables: [MemberTable] = []
    var textTables: [TextTable] = []
    var dependencies: [SchemaDependency] = []
    var patterns: [Pattern] = []
    var dynamicAnchors: [DynamicAnchor] = []
}

/// Where an instruction comes from.
struct InstructionOrigin: Sendable {
    /// Of the keyword.
    let pointer: JSONPointer
    let keyword: String
}

/// What a `$dynamicRef` may lead to.
struct DynamicAnchor: Sendable {
    /// By resource, in no order: the schema that bears the anchor there.
    let nodes: [(resource: Int32, node: SchemaProgram.NodeIndex)]
    /// Where none of the resources on the way bears it.
    let fallback: SchemaProgram.NodeIndex
}

/// For `dependentRequired` and `dependentSchemas`: what the presence of a member asks for.
struct SchemaDependency: Sendable {
    let member: String
    let required: [String]
    let node: SchemaProgram.NodeIndex?
}
