/// What an array must be, once it is decided which items are meant.
struct ArrayPlan: Sendable {
    let demands: ArrayDemands
    /// So many places may differ from each other in what is asked of them; those behind are all alike.
    let explicit: Int
    /// What is asked beside, by place.
    var added: [Int: Set<SchemaLiteral>] = [:]
    /// Items that must be there behind the explicit places, one each.
    var behind: [Set<SchemaLiteral>] = []
    /// Two places with the same item.
    var equal: (first: Int, second: Int)?

    /// Of those that must be there.
    var lastPlace: Int { max(added.keys.max() ?? -1, equal?.second ?? -1) }

    func literals(at place: Int) -> Set<SchemaLiteral> {
        var literals = added[place] ?? []
        if behind.indices.contains(place - explicit) { literals.formUnion(behind[place - explicit]) }
        for prefix in demands.prefixes where place < prefix.count { literals.insert(prefix[place]) }
        for rest in demands.rests where place >= rest.from { literals.insert(rest.literal) }
        return literals
    }
}
