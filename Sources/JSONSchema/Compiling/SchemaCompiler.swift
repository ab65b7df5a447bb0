/// Makes a ``SchemaProgram`` of a schema and of all that it refers to.
///
/// Schemas wait in a queue and refer to each other by index, so neither nesting nor circles of references make the compiler recurse.
struct SchemaCompiler {
    let view: SchemaView
    let options: SchemaOptions
    var store: SchemaStore
    var parts = SchemaProgramParts()
    private var nodeOfSchema: [SchemaLocation: SchemaProgram.NodeIndex] = [:]
    private var queue: [(location: SchemaLocation, node: SchemaProgram.NodeIndex)] = []
    /// How much of the queue is done.
    private var compiled = 0
    private var dynamicReferences: [(name: String, target: SchemaProgram.NodeIndex)] = []
    private var patternOfText: [ExactText: Int32] = [:]

    init(view: SchemaView, options: SchemaOptions, resolver: SchemaResolver) {
        self.view = view
        self.options = options
        store = SchemaStore(resolver: resolver)
    }

    mutating func compile(_ document: JSONValue, origin: String) throws(SchemaCompileError) -> SchemaProgram {
        let location = try store.add(document, origin: origin, uri: URIReference(""))
        let root = try node(at: location)
        try drain()
        try linkDynamicReferences()
        return SchemaProgram(parts, root: root)
    }

    /// The node of a schema, which is compiled sooner or later.
    mutating func node(at location: SchemaLocation) throws(SchemaCompileError) -> SchemaProgram.NodeIndex {
        if let node = nodeOfSchema[location] { return node }
        let target = try store.withoutAliases(location)
        if target != location {
            let node = try node(at: target)
            nodeOfSchema[location] = node
            return node
        }
        let node = SchemaProgram.NodeIndex(parts.nodes.count)
        parts.nodes.append(SchemaNode(resource: Int32(try store.resource(of: location))))
        nodeOfSchema[location] = node
        queue.append((location, node))
        return node
    }

    private mutating func drain() throws(SchemaCompileError) {
        while compiled < queue.count {
            let (location, node) = queue[compiled]
            compiled += 1
            var compilation = SchemaCompilation(location: location, resource: Int(parts.nodes[Int(node)].resource))
            parts.nodes[Int(node)] = try compilation.run(&self)
        }
    }

    /// A `$ref`, or a `$dynamicRef` that is none.
    mutating func target(of reference: String, at location: SchemaLocation) throws(SchemaCompileError) -> SchemaProgram.NodeIndex {
        try node(at: try store.resolve(reference, at: location).target)
    }

    /// A `$dynamicRef` means something else on each way that leads to it only if it leads to a `$dynamicAnchor` in the first place.
    mutating func dynamicReference(
        _ reference: String, at location: SchemaLocation
    ) throws(SchemaCompileError) -> SchemaInstruction {
        let (target, name) = try store.resolve(reference, at: location)
        let node = try node(at: target)
        guard let name else { return .ref(node) }
        dynamicReferences.append((name, node))
        return .dynamicRef(Int32(dynamicReferences.count - 1))
    }

    /// Compiling what bears an anchor may bring in further schemas, with further anchors and references.
    private mutating func linkDynamicReferences() throws(SchemaCompileError) {
        var known = -1
        while known != store.resources.count {
            known = store.resources.count
            parts.dynamicAnchors = []
            var next = 0
            while next < dynamicReferences.count {
                let (name, fallback) = dynamicReferences[next]
                var nodes: [(Int32, SchemaProgram.NodeIndex)] = []
                for resource in 0..<known {
                    guard let anchor = store.resources[resource].anchors[ExactText(name)], anchor.isDynamic else { continue }
                    nodes.append((Int32(resource), try node(at: anchor.location)))
                }
                parts.dynamicAnchors.append(DynamicAnchor(nodes: nodes, fallback: fallback))
                try drain()
                next += 1
            }
        }
    }

    mutating func pattern(_ text: String, at location: SchemaLocation) throws(SchemaCompileError) -> Int32 {
        if let known = patternOfText[ExactText(text)] { return known }
        do throws(PatternError) {
            parts.patterns.append(try Pattern(text))
        } catch {
            throw store.error(at: location, "\(error)")
        }
        let index = Int32(parts.patterns.count - 1)
        patternOfText[ExactText(text)] = index
        return index
    }

    /// Appends to a table of the program.
    mutating func add<Element>(
        _ elements: [Element], to table: WritableKeyPath<SchemaProgramParts, [Element]>
    ) -> Range<Int32> {
        let start = Int32(parts[keyPath: table].count)
        parts[keyPath: table] += elements
        return start..<Int32(parts[keyPath: table].count)
    }
}
