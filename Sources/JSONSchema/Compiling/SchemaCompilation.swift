/// One schema on its way to a ``SchemaNode``.
struct SchemaCompilation {
    typealias Step = (instruction: SchemaInstruction, keyword: SchemaKeyword)

    let location: SchemaLocation
    let resource: Int
    var node: SchemaNode
    var common: [Step] = []
    var number: [Step] = []
    var string: [Step] = []
    var array: [Step] = []
    var object: [Step] = []

    init(location: SchemaLocation, resource: Int) {
        self.location = location
        self.resource = resource
        node = SchemaNode(resource: Int32(resource))
    }

    mutating func run(_ compiler: inout SchemaCompiler) throws(SchemaCompileError) -> SchemaNode {
        switch compiler.store.value(at: location) {
        case .bool(true)?: break
        case .bool(false)?:
            let origin = InstructionOrigin(pointer: location.pointer, keyword: "false")
            node.common = compiler.add([.never], to: \.instructions)
            _ = compiler.add([origin], to: \.origins)
        case .object(let schema)?:
            try read(schema, &compiler)
            for (steps, group) in [
                (common, \SchemaNode.common), (number, \.number), (string, \.string), (array, \.array), (object, \.object),
            ] {
                node[keyPath: group] = compiler.add(steps.map(\.instruction), to: \.instructions)
                _ = compiler.add(
                    steps.map { InstructionOrigin(pointer: location.pointer.appending($0.keyword.rawValue), keyword: $0.keyword.rawValue) },
                    to: \.origins)
            }
        default: throw compiler.store.error(at: location, "a schema is an object, true or false")
        }
        node.findFreeKinds()
        return node
    }

    private mutating func read(_ schema: JSONObject, _ compiler: inout SchemaCompiler) throws(SchemaCompileError) {
        let vocabularies = compiler.store.resources[resource].vocabularies
        var keywords: [SchemaKeyword: JSONValue] = [:]
        for (name, value) in schema.members {
            if let keyword = SchemaKeyword(rawValue: name), keyword.isSwitchedOn(in: vocabularies) {
                keywords[keyword] = value
            } else if compiler.options.unknownKeywords == .refuse {
                throw compiler.store.error(at: location.appending(name), "the keyword \"\(name)\" is not supported")
            }
        }
        var reader = KeywordReader(location: location, keywords: keywords)
        // `keywords` has no order of its own, and the same schema must give the same violations in the same order.
        for keyword in SchemaKeyword.allCases {
            guard let value = keywords[keyword] else { continue }
            reader.place = location.appending(keyword.rawValue)
            try read(keyword, value, reader, &compiler)
        }
        try readMembers(reader, &compiler)
        try readUnevaluated(reader, &compiler)
    }

    private mutating func read(
        _ keyword: SchemaKeyword, _ value: JSONValue, _ reader: KeywordReader, _ compiler: inout SchemaCompiler
    ) throws(SchemaCompileError) {
        let place = reader.place
        switch keyword {
        case .type:
            node.kinds = try reader.kinds(value, &compiler)
            node.typeInstruction = compiler.add([.type], to: \.instructions).lowerBound
            _ = compiler.add([InstructionOrigin(pointer: place.pointer, keyword: "type")], to: \.origins)
        case .const: common.append((.const(compiler.add([value], to: \.values).lowerBound), keyword))
        case .enum: common.append((try reader.alternatives(value, &compiler), keyword))
        case .ref: common.append((.ref(try compiler.target(of: try reader.text(value, &compiler), at: place)), keyword))
        case .dynamicRef: common.append((try compiler.dynamicReference(try reader.text(value, &compiler), at: place), keyword))
        case .allOf: common.append((.allOf(try reader.schemas(value, &compiler)), keyword))
        case .anyOf: common.append((.anyOf(try reader.schemas(value, &compiler)), keyword))
        case .oneOf: common.append((.oneOf(try reader.schemas(value, &compiler)), keyword))
        case .not: common.append((.not(try compiler.node(at: place)), keyword))
        case .if:
            let (then, otherwise) = (try reader.node(.then, &compiler), try reader.node(.else, &compiler))
            common.append((.conditional(if: try compiler.node(at: place), then: then ?? -1, else: otherwise ?? -1), keyword))
        case .minimum: number.append((.minimum(try reader.number(value, &compiler)), keyword))
        case .maximum: number.append((.maximum(try reader.number(value, &compiler)), keyword))
        case .exclusiveMinimum: number.append((.exclusiveMinimum(try reader.number(value, &compiler)), keyword))
        case .exclusiveMaximum: number.append((.exclusiveMaximum(try reader.number(value, &compiler)), keyword))
        case .multipleOf: number.append((.multipleOf(try reader.step(value, &compiler)), keyword))
        case .minLength: string.append((.minLength(try reader.count(value, &compiler)), keyword))
        case .maxLength: string.append((.maxLength(try reader.count(value, &compiler)), keyword))
        case .pattern: string.append((.pattern(try compiler.pattern(try reader.text(value, &compiler), at: place)), keyword))
        case .format:
            if let format = try reader.format(value, in: resource, &compiler) { string.append((.format(format), keyword)) }
        case .minItems: array.append((.minItems(try reader.count(value, &compiler)), keyword))
        case .maxItems: array.append((.maxItems(try reader.count(value, &compiler)), keyword))
        case .uniqueItems: if try reader.flag(value, &compiler) { array.append((.uniqueItems, keyword)) }
        case .prefixItems: array.append((.prefixItems(try reader.schemas(value, &compiler)), keyword))
        case .items: array.append((.items(try compiler.node(at: place), from: reader.count(of: .prefixItems)), keyword))
        case .contains:
            let minimum = try reader.limit(.minContains, &compiler) ?? 1
            let maximum = try reader.limit(.maxContains, &compiler) ?? Int32.max
            array.append((.contains(try compiler.node(at: place), minimum: minimum, maximum: maximum), keyword))
        case .minProperties: object.append((.minProperties(try reader.count(value, &compiler)), keyword))
        case .maxProperties: object.append((.maxProperties(try reader.count(value, &compiler)), keyword))
        case .propertyNames: object.append((.propertyNames(try compiler.node(at: place)), keyword))
        case .dependentRequired:
            let dependencies = try reader.map(value, &compiler).map { (member, names) throws(SchemaCompileError) in
                SchemaDependency(member: member, required: try reader.names(names, &compiler), node: nil)
            }
            object.append((.dependentRequired(compiler.add(dependencies, to: \.dependencies)), keyword))
        case .dependentSchemas:
            let dependencies = try reader.map(value, &compiler).map { (member, _) throws(SchemaCompileError) in
                SchemaDependency(member: member, required: [], node: try compiler.node(at: place.appending(member)))
            }
            object.append((.dependentSchemas(compiler.add(dependencies, to: \.dependencies)), keyword))
        case .defs:
            // Compiled though nothing may refer to them: a mistake in a definition is told before it is used.
            for (name, _) in try reader.map(value, &compiler) { _ = try compiler.node(at: place.appending(name)) }
        case .then, .else: if reader.keywords[.if] == nil { _ = try compiler.node(at: place) }
        case .minContains, .maxContains: _ = try reader.limit(keyword, &compiler)
        case .id, .schema, .anchor, .dynamicAnchor, .comment, .title, .description, .contentEncoding, .contentMediaType:
            _ = try reader.text(value, &compiler)
        case .deprecated, .readOnly, .writeOnly: _ = try reader.flag(value, &compiler)
        case .vocabulary, .default, .examples, .contentSchema: break
        case .properties, .patternProperties, .additionalProperties, .required, .unevaluatedItems, .unevaluatedProperties: break
        }
    }

    /// One table for the keywords that together decide what a member must satisfy.
    private mutating func readMembers(_ reader: KeywordReader, _ compiler: inout SchemaCompiler) throws(SchemaCompileError) {
        let properties = try reader.map(.properties, &compiler)
        let names = properties.map(\.0)
        let nodes = try names.map { name throws(SchemaCompileError) in
            try compiler.node(at: location.appending("properties", name))
        }
        let patterns = try reader.map(.patternProperties, &compiler).map { (text, _) throws(SchemaCompileError) in
            let place = location.appending("patternProperties", text)
            return (pattern: try compiler.pattern(text, at: place), node: try compiler.node(at: place))
        }
        let table = TextTable(names)
        var (mask, others) = (0 as UInt64, [String]())
        for name in try reader.names(.required, &compiler) {
            if let position = table.position(of: name), position < 64 { mask |= 1 << UInt64(position) } else { others.append(name) }
        }
        // Behind the members, so that what is missing is told after what is wrong.
        defer {
            if !others.isEmpty { object.append((.required(compiler.add(others, to: \.texts)), .required)) }
        }
        let additional: MemberTable.Additional =
            switch reader.keywords[.additionalProperties] {
            case nil: .absent
            case .bool(false)?: compiler.view == .openReader ? .absent : .closed
            default: .schema(try compiler.node(at: location.appending("additionalProperties")))
            }
        if case .absent = additional, names.isEmpty, patterns.isEmpty { return }
        // The table reports under three keywords; each has an instruction that is never executed, for its place.
        func marker(_ keyword: SchemaKeyword) -> Int32 {
            let origin = InstructionOrigin(pointer: location.pointer.appending(keyword.rawValue), keyword: keyword.rawValue)
            _ = compiler.add([origin], to: \.origins)
            return compiler.add([.never], to: \.instructions).lowerBound
        }
        let members = MemberTable(
            properties: table, nodes: nodes, required: mask, requiredInstruction: mask == 0 ? -1 : marker(.required), patterns: patterns,
            additional: additional, additionalInstruction: marker(.additionalProperties))
        object.append((.members(compiler.add([members], to: \.memberTables).lowerBound), .properties))
    }

    /// Last, since they look at what all the others have evaluated.
    private mutating func readUnevaluated(_ reader: KeywordReader, _ compiler: inout SchemaCompiler) throws(SchemaCompileError) {
        if let items = try reader.node(.unevaluatedItems, &compiler) {
            array.append((.unevaluatedItems(items), .unevaluatedItems))
            node.tracksEvaluation = true
        }
        if reader.keywords[.unevaluatedProperties] == .bool(false) {
            guard compiler.view == .closedWriter else { return }
            object.append((.noUnevaluatedProperties, .unevaluatedProperties))
            node.tracksEvaluation = true
        } else if let properties = try reader.node(.unevaluatedProperties, &compiler) {
            object.append((.unevaluatedProperties(properties), .unevaluatedProperties))
            node.tracksEvaluation = true
        }
    }
}
