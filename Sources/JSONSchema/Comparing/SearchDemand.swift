/// One thing that is asked of a value, on the way to conditions that can be solved for.
enum SearchDemand: Sendable {
    case kinds(ValueKinds)
    /// `trackers`: the schemas around it that must know what it evaluates.
    case schema(SchemaLiteral, trackers: [Int])
    case instruction(ComparedSide, Int32, holds: Bool, trackers: [Int])
    case present(String)
    case absent(String)
    /// Present, with such a value.
    case member(String, SchemaLiteral)
    case someMember(MemberExistence)
    case item(Int, SchemaLiteral)
    /// At this position or behind it.
    case someItem(from: Int, SchemaLiteral)
    case everyItem(SchemaLiteral)
    case contains(ContainsDemand)
    case length(ClosedRange<Int>)
    /// Something is left out here.
    case doubt(String)
}
