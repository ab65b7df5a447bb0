extension DifferenceSearch {
    /// The codes for a limit.
    struct LimitCodes {
        let keyword: String
        let added: DifferenceCode
        let removed: DifferenceCode
        let increased: DifferenceCode
        let decreased: DifferenceCode
    }

    mutating func compareLimit(_ old: RegistrySchema.Rules, _ new: RegistrySchema.Rules, _ codes: LimitCodes) {
        switch (old[codes.keyword], new[codes.keyword]) {
        case (nil, _?): add(codes.added, at: codes.keyword)
        case (_?, nil): add(codes.removed, at: codes.keyword)
        case (.number(let old)?, .number(let new)?):
            if old < new { add(codes.increased, at: codes.keyword) } else if new < old { add(codes.decreased, at: codes.keyword) }
        default: break
        }
    }

    mutating func compareStrings(_ old: RegistrySchema.Rules, _ new: RegistrySchema.Rules) {
        compareLimit(
            old, new,
            LimitCodes(
                keyword: "maxLength", added: .maxLengthAdded, removed: .maxLengthRemoved, increased: .maxLengthIncreased,
                decreased: .maxLengthDecreased))
        compareLimit(
            old, new,
            LimitCodes(
                keyword: "minLength", added: .minLengthAdded, removed: .minLengthRemoved, increased: .minLengthIncreased,
                decreased: .minLengthDecreased))
        switch (old["pattern"], new["pattern"]) {
        case (nil, _?): add(.patternAdded, at: "pattern")
        case (_?, nil): add(.patternRemoved, at: "pattern")
        case (let old, let new): if old != new { add(.patternChanged, at: "pattern") }
        }
    }

    mutating func compareNumbers(_ old: RegistrySchema.Rules, _ wasInteger: Bool, _ new: RegistrySchema.Rules, _ isInteger: Bool) {
        let limits = [
            LimitCodes(
                keyword: "maximum", added: .maximumAdded, removed: .maximumRemoved, increased: .maximumIncreased,
                decreased: .maximumDecreased),
            LimitCodes(
                keyword: "minimum", added: .minimumAdded, removed: .minimumRemoved, increased: .minimumIncreased,
                decreased: .minimumDecreased),
            LimitCodes(
                keyword: "exclusiveMaximum", added: .exclusiveMaximumAdded, removed: .exclusiveMaximumRemoved,
                increased: .exclusiveMaximumIncreased, decreased: .exclusiveMaximumDecreased),
            LimitCodes(
                keyword: "exclusiveMinimum", added: .exclusiveMinimumAdded, removed: .exclusiveMinimumRemoved,
                increased: .exclusiveMinimumIncreased, decreased: .exclusiveMinimumDecreased),
        ]
        for limit in limits { compareLimit(old, new, limit) }
        compareSteps(old["multipleOf"], new["multipleOf"])
        if wasInteger != isInteger { add(wasInteger ? .typeExtended : .typeNarrowed) }
    }

    private mutating func compareSteps(_ old: JSONValue?, _ new: JSONValue?) {
        switch (old, new) {
        case (nil, _?): add(.multipleOfAdded, at: "multipleOf")
        case (_?, nil): add(.multipleOfRemoved, at: "multipleOf")
        case (.number(let old)?, .number(let new)?):
            if old == new { return }
            if old.isStep, new.isMultiple(of: old) {
                add(.multipleOfExpanded, at: "multipleOf")
            } else if new.isStep, old.isMultiple(of: new) {
                add(.multipleOfReduced, at: "multipleOf")
            } else {
                add(.multipleOfChanged, at: "multipleOf")
            }
        default: break
        }
    }

    mutating func compareValues(_ old: [JSONValue], _ new: [JSONValue]) {
        let (old, new) = (Set(old), Set(new))
        if old == new { return }
        add(new.isSuperset(of: old) ? .enumExtended : old.isSuperset(of: new) ? .enumNarrowed : .enumChanged, at: "enum")
    }
}
