extension DifferenceSearch {
    mutating func compareObjects(_ old: RegistrySchema.Rules, _ new: RegistrySchema.Rules) {
        enter("required") { $0.compareRequired(old, new) }
        enter("properties") { search in
            for name in Set(old.properties.keys + new.properties.keys).sorted() {
                search.enter(name) { $0.compareProperty(name, old, new) }
            }
        }
        enter("dependencies") { $0.compareDependencies(old, new) }
        enter("additionalProperties") { $0.compareAdditional(old, new) }
        compareUnevaluated("unevaluatedProperties", old, new, UnevaluatedCodes.properties)
        let limits = [
            LimitCodes(
                keyword: "maxProperties", added: .maxPropertiesAdded, removed: .maxPropertiesRemoved, increased: .maxPropertiesIncreased,
                decreased: .maxPropertiesDecreased),
            LimitCodes(
                keyword: "minProperties", added: .minPropertiesAdded, removed: .minPropertiesRemoved, increased: .minPropertiesIncreased,
                decreased: .minPropertiesDecreased),
        ]
        for limit in limits { compareLimit(old, new, limit) }
    }

    /// Only of the properties that both declare: that is the registry's rule, and a gap in it.
    private mutating func compareRequired(_ old: RegistrySchema.Rules, _ new: RegistrySchema.Rules) {
        for name in old.properties.keys where new.properties[name] != nil {
            switch (old.required.contains(name), new.required.contains(name)) {
            case (true, false): add(.requiredAttributeRemoved, at: name)
            case (false, true):
                let hasDefault = new.properties[name]?["default"] != nil
                add(hasDefault ? .requiredAttributeWithDefaultAdded : .requiredAttributeAdded, at: name)
            default: break
            }
        }
    }

    private mutating func compareProperty(_ name: String, _ old: RegistrySchema.Rules, _ new: RegistrySchema.Rules) {
        switch (old.properties[name], new.properties[name]) {
        case (let before?, nil):
            if new.isOpen { return add(.propertyRemovedFromOpen) }
            if let cover = new.cover(of: name) {
                let (found, isCompatible) = attempt { $0.compare(before, cover) }
                accept(found)
                add(isCompatible ? .propertyRemovedIsCovered : .propertyRemovedNotCovered)
            } else {
                add(older.read(before).isNever ? .falsePropertyRemovedFromClosed : .propertyRemovedFromClosed)
            }
        case (nil, let after?):
            if old.isOpen {
                switch (new.required.contains(name), after["default"] != nil) {
                case _ where newer.read(after).isEmpty: add(.emptyPropertyAddedToOpen)
                case (false, _): add(.optionalPropertyAddedToOpen)
                case (true, true): add(.requiredPropertyWithDefaultAddedToOpen)
                case (true, false): add(.requiredPropertyAddedToOpen)
                }
                return
            }
            if let cover = old.cover(of: name) {
                let (found, isCompatible) = attempt { $0.compare(cover, after) }
                accept(found)
                add(isCompatible ? .propertyAddedIsCovered : .propertyAddedNotCovered)
            }
            switch (new.required.contains(name), after["default"] != nil) {
            case (false, _): add(.optionalPropertyAddedToUnopen)
            case (true, true): add(.requiredPropertyWithDefaultAddedToUnopen)
            case (true, false): add(.requiredPropertyAddedToUnopen)
            }
        case (let before, let after): compare(before, after)
        }
    }

    private mutating func compareDependencies(_ old: RegistrySchema.Rules, _ new: RegistrySchema.Rules) {
        let (oldNames, newNames) = (old.members("dependentRequired"), new.members("dependentRequired"))
        for name in Set(oldNames.keys + newNames.keys).sorted() {
            switch (oldNames[name], newNames[name]) {
            case (_?, nil): add(.dependencyArrayRemoved, at: name)
            case (nil, _?): add(.dependencyArrayAdded, at: name)
            case (.array(let before)?, .array(let after)?):
                let (before, after) = (Set(before), Set(after))
                if before == after { continue }
                add(
                    after.isSuperset(of: before)
                        ? .dependencyArrayExtended : before.isSuperset(of: after) ? .dependencyArrayNarrowed : .dependencyArrayChanged,
                    at: name)
            default: break
            }
        }
        let (oldSchemas, newSchemas) = (old.members("dependentSchemas"), new.members("dependentSchemas"))
        for name in Set(oldSchemas.keys + newSchemas.keys).sorted() {
            switch (oldSchemas[name], newSchemas[name]) {
            case (_?, nil): add(.dependencySchemaRemoved, at: name)
            case (nil, _?): add(.dependencySchemaAdded, at: name)
            case (let before, let after): enter(name) { $0.compare(before, after) }
            }
        }
    }

    private mutating func compareAdditional(_ old: RegistrySchema.Rules, _ new: RegistrySchema.Rules) {
        if old.permitsAdditional != new.permitsAdditional {
            add(new.permitsAdditional ? .additionalPropertiesAdded : .additionalPropertiesRemoved)
        } else {
            switch (old.additional, new.additional) {
            case (nil, _?): add(.additionalPropertiesNarrowed)
            case (_?, nil): add(.additionalPropertiesExtended)
            case (let before, let after): compare(before, after)
            }
        }
    }

    /// The codes for `unevaluatedProperties` and `unevaluatedItems`.
    struct UnevaluatedCodes {
        let added: DifferenceCode
        let removed: DifferenceCode
        let extended: DifferenceCode
        let narrowed: DifferenceCode

        static let properties = UnevaluatedCodes(
            added: .unevaluatedPropertiesAdded, removed: .unevaluatedPropertiesRemoved, extended: .unevaluatedPropertiesExtended,
            narrowed: .unevaluatedPropertiesNarrowed)
        static let items = UnevaluatedCodes(
            added: .unevaluatedItemsAdded, removed: .unevaluatedItemsRemoved, extended: .unevaluatedItemsExtended,
            narrowed: .unevaluatedItemsNarrowed)
    }

    mutating func compareUnevaluated(
        _ keyword: String, _ old: RegistrySchema.Rules, _ new: RegistrySchema.Rules, _ codes: UnevaluatedCodes
    ) {
        guard old[keyword] != nil || new[keyword] != nil else { return }
        let (before, after) = (old[keyword].map(older.read), new[keyword].map(newer.read))
        enter(keyword) { search in
            switch (before, after) {
            case (nil, let after?): search.add(after.isNever ? codes.removed : codes.narrowed)
            case (let before?, nil): search.add(before.isNever ? codes.added : codes.extended)
            case (let before?, let after?):
                if before.isNever != after.isNever {
                    search.add(before.isNever ? codes.added : codes.removed)
                } else if before.isEmpty != after.isEmpty {
                    search.add(before.isEmpty ? codes.narrowed : codes.extended)
                } else {
                    search.compare(before, after)
                }
            case (nil, nil): break
            }
        }
    }
}

extension RegistrySchema.Rules {
    func members(_ keyword: String) -> JSONObject {
        guard case .object(let members)? = self[keyword] else { return [:] }
        return members
    }

    var properties: JSONObject { members("properties") }

    var required: Set<String> {
        guard case .array(let names)? = self["required"] else { return [] }
        return Set(names.compactMap(\.string))
    }

    var permitsAdditional: Bool { self["additionalProperties"] != .bool(false) }

    /// `nil` where anything or nothing may stand.
    var additional: JSONValue? {
        guard let schema = self["additionalProperties"], case .object = schema else { return nil }
        return schema
    }

    /// Whether any member may be added.
    var isOpen: Bool { members("patternProperties").isEmpty && additional == nil && permitsAdditional }

    /// What an undeclared member must satisfy, where that is something.
    func cover(of name: String) -> JSONValue? {
        for (pattern, schema) in members("patternProperties") where (try? Pattern(pattern))?.matches(name) == true { return schema }
        return additional
    }
}
