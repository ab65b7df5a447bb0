extension DifferenceSearch {
    mutating func compareArrays(_ old: RegistrySchema.Rules, _ new: RegistrySchema.Rules) {
        enter("items") { $0.compare(old.allItems, new.allItems) }
        compareTuples(old, new)
        enter("additionalItems") { $0.compareAdditionalItems(old, new) }
        compareUnevaluated("unevaluatedItems", old, new, .items)
        compareLimit(
            old, new,
            LimitCodes(
                keyword: "maxItems", added: .maxItemsAdded, removed: .maxItemsRemoved, increased: .maxItemsIncreased,
                decreased: .maxItemsDecreased))
        compareLimit(
            old, new,
            LimitCodes(
                keyword: "minItems", added: .minItemsAdded, removed: .minItemsRemoved, increased: .minItemsIncreased,
                decreased: .minItemsDecreased))
        switch (old["uniqueItems"] == .bool(true), new["uniqueItems"] == .bool(true)) {
        case (true, false): add(.uniqueItemsRemoved, at: "uniqueItems")
        case (false, true): add(.uniqueItemsAdded, at: "uniqueItems")
        default: break
        }
        compareLimit(
            old.withContainsLimits, new.withContainsLimits,
            LimitCodes(
                keyword: "maxContains", added: .maxContainsAdded, removed: .maxContainsRemoved, increased: .maxContainsIncreased,
                decreased: .maxContainsDecreased))
        compareLimit(
            old.withContainsLimits, new.withContainsLimits,
            LimitCodes(
                keyword: "minContains", added: .minContainsAdded, removed: .minContainsRemoved, increased: .minContainsIncreased,
                decreased: .minContainsDecreased))
    }

    private mutating func compareTuples(_ old: RegistrySchema.Rules, _ new: RegistrySchema.Rules) {
        let (before, after) = (old.tuple, new.tuple)
        for index in 0..<max(before.count, after.count) {
            enter("items/\(index)") { search in
                if index >= after.count {
                    search.compareRemovedItem(before[index], new)
                } else if index >= before.count {
                    search.compareAddedItem(after[index], old)
                } else {
                    search.compare(before[index], after[index])
                }
            }
        }
    }

    private mutating func compareRemovedItem(_ before: JSONValue, _ new: RegistrySchema.Rules) {
        if new.hasOpenItems { return add(.itemRemovedFromOpen) }
        guard let cover = new.itemCover else {
            return add(older.read(before).isNever ? .falseItemRemovedFromClosed : .itemRemovedFromClosed)
        }
        let (found, isCompatible) = attempt { $0.compare(before, cover) }
        accept(found)
        add(isCompatible ? .itemRemovedIsCovered : .itemRemovedNotCovered)
    }

    private mutating func compareAddedItem(_ after: JSONValue, _ old: RegistrySchema.Rules) {
        if old.hasOpenItems { return add(newer.read(after).isEmpty ? .emptyItemAddedToOpen : .itemAddedToOpen) }
        guard let cover = old.itemCover else { return add(.itemAddedToClosed) }
        let (found, isCompatible) = attempt { $0.compare(cover, after) }
        accept(found)
        add(isCompatible ? .itemAddedIsCovered : .itemAddedNotCovered)
    }

    private mutating func compareAdditionalItems(_ old: RegistrySchema.Rules, _ new: RegistrySchema.Rules) {
        let (wasPermitted, isPermitted) = (old["items"] != .bool(false), new["items"] != .bool(false))
        if wasPermitted != isPermitted { return add(isPermitted ? .additionalItemsAdded : .additionalItemsRemoved) }
        switch (old.additionalItems, new.additionalItems) {
        case (nil, _?): add(.additionalItemsNarrowed)
        case (_?, nil): add(.additionalItemsExtended)
        case (let before, let after): compare(before, after)
        }
    }
}

extension RegistrySchema.Rules {
    /// `prefixItems`
    var tuple: [JSONValue] {
        guard case .array(let schemas)? = self["prefixItems"] else { return [] }
        return schemas
    }

    /// `items` where there is no tuple before it.
    var allItems: JSONValue? {
        guard let schema = self["items"], case .object = schema, tuple.isEmpty else { return nil }
        return schema
    }

    /// `items` behind a tuple; `nil` where anything or nothing may stand.
    var additionalItems: JSONValue? {
        guard let schema = self["items"], case .object = schema, !tuple.isEmpty else { return nil }
        return schema
    }

    var hasOpenItems: Bool {
        self["items"] != .bool(false) && additionalItems == nil && (self["unevaluatedItems"] ?? true) == .bool(true)
    }

    /// What an item behind the tuple must satisfy, where that is something.
    var itemCover: JSONValue? {
        if let additionalItems { return additionalItems }
        guard self["items"] != .bool(false), let schema = self["unevaluatedItems"], case .object = schema else { return nil }
        return schema
    }

    /// `contains` alone asks for one item.
    var withContainsLimits: RegistrySchema.Rules {
        var rules = self
        if keywords["contains"] == nil {
            rules.keywords["minContains"] = nil
            rules.keywords["maxContains"] = nil
        } else if keywords["minContains"] == nil {
            rules.keywords["minContains"] = 1
        }
        return rules
    }
}
