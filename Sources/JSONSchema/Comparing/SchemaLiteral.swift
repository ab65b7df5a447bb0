/// Which of two schemas.
enum ComparedSide: UInt8, Sendable, Hashable {
    case writer, reader
}

/// That a value satisfies a schema, or doesn't.
struct SchemaLiteral: Sendable, Hashable {
    let side: ComparedSide
    let node: SchemaProgram.NodeIndex
    let holds: Bool

    var negated: SchemaLiteral { SchemaLiteral(side: side, node: node, holds: !holds) }
}
