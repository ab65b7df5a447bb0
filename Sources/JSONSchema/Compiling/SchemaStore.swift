/// The documents that a compilation has come across, and the names that schemas in them have.
struct SchemaStore {
    /// A schema with a URI of its own, and all within it that has none.
    struct Resource {
        let base: URIReference
        let root: SchemaLocation
        let vocabularies: Set<SchemaVocabulary>
        /// By name; whether they are dynamic.
        var anchors: [ExactText: (location: SchemaLocation, isDynamic: Bool)] = [:]
    }

    private(set) var resources: [Resource] = []
    private var documents: [(origin: String, value: JSONValue)] = []
    private var resourceOfURI: [String: Int] = [:]
    private var resourceOfSchema: [SchemaLocation: Int] = [:]
    private let resolver: SchemaResolver

    init(resolver: SchemaResolver) { self.resolver = resolver }

    func value(at location: SchemaLocation) -> JSONValue? { documents[location.document].value[location.pointer] }

    func error(at location: SchemaLocation, _ message: String) -> SchemaCompileError {
        SchemaCompileError(origin: documents[location.document].origin, pointer: location.pointer, message: message)
    }

    /// Takes in a document and finds the names in it.
    mutating func add(_ document: JSONValue, origin: String, uri: URIReference) throws(SchemaCompileError) -> SchemaLocation {
        let root = SchemaLocation(document: documents.count, pointer: JSONPointer())
        documents.append((origin, document))
        let vocabularies = try vocabularies(document, at: root, inherited: .draft)
        let resource = resources.count
        resources.append(Resource(base: uri, root: root, vocabularies: vocabularies))
        resourceOfURI[uri.description] = resource
        try index(document, at: root, in: resource)
        // A document with an $id goes by that; the URI that it was found under is another name of the same resource.
        resourceOfURI[uri.description] = resourceOfSchema[root]
        return root
    }

    /// The resource that a schema belongs to.
    ///
    /// A schema below a keyword that is not one of the draft's was passed over when its document came in, and is looked at here: a
    /// reference may name it all the same.
    mutating func resource(of location: SchemaLocation) throws(SchemaCompileError) -> Int {
        if let known = resourceOfSchema[location] { return known }
        var above = location.pointer.tokens
        while !above.isEmpty {
            above.removeLast()
            let ancestor = SchemaLocation(document: location.document, pointer: JSONPointer(above))
            guard let resource = resourceOfSchema[ancestor], let value = value(at: location) else { continue }
            try index(value, at: location, in: resource)
            break
        }
        return resourceOfSchema[location] ?? 0
    }

    /// What a reference that stands at `location` means: the schema, and the name of the dynamic anchor if it led to one.
    mutating func resolve(
        _ text: String, at location: SchemaLocation
    ) throws(SchemaCompileError) -> (target: SchemaLocation, dynamicAnchor: String?) {
        let schema = SchemaLocation(document: location.document, pointer: JSONPointer(location.pointer.tokens.dropLast()))
        let base = resources[try self.resource(of: schema)].base
        let uri = URIReference(text).resolved(against: base)
        let resource = try self.resource(for: uri.withoutFragment, at: location)
        guard let fragment = uri.decodedFragment else {
            throw error(at: location, "the fragment of \"\(text)\" has an escape that is no UTF-8")
        }
        if fragment.isEmpty { return (resources[resource].root, nil) }
        if fragment.hasPrefix("/") {
            let root = resources[resource].root
            guard let pointer = JSONPointer(text: fragment) else { throw error(at: location, "\"\(fragment)\" is no JSON pointer") }
            let target = SchemaLocation(document: root.document, pointer: JSONPointer(root.pointer.tokens + pointer.tokens))
            guard value(at: target) != nil else { throw error(at: location, "\"\(text)\" refers to a schema that isn't there") }
            return (target, nil)
        }
        guard let anchor = resources[resource].anchors[ExactText(fragment)] else {
            throw error(at: location, "\"\(text)\" refers to the anchor \"\(fragment)\", which isn't there")
        }
        return (anchor.location, anchor.isDynamic ? fragment : nil)
    }

    /// The schema that this one stands for: itself, unless it is nothing but a reference to another of the same resource.
    ///
    /// Going there directly saves a step for each level of a recursive schema, and the stack for it.
    mutating func withoutAliases(_ location: SchemaLocation) throws(SchemaCompileError) -> SchemaLocation {
        var place = location
        var seen: Set = [location]
        while case .object(let schema)? = value(at: place), let reference = schema["$ref"]?.string,
            schema.members.allSatisfy({ $0.key == "$ref" || SchemaKeyword(rawValue: $0.key)?.isAnnotation == true })
        {
            let target = try resolve(reference, at: place.appending("$ref")).target
            // Those that go around in circles are left to be found out by whoever goes around.
            guard try resource(of: target) == resource(of: place), seen.insert(target).inserted else { return location }
            place = target
        }
        return place
    }

    private mutating func resource(for uri: URIReference, at location: SchemaLocation) throws(SchemaCompileError) -> Int {
        let name = uri.description
        if let known = resourceOfURI[name] { return known }
        guard let document = try load(name, at: location) else {
            throw error(at: location, "the schema \"\(name)\" is not at hand: nothing is fetched, a resolver must know it")
        }
        return try resource(of: add(document, origin: name, uri: uri))
    }

    private func load(_ uri: String, at location: SchemaLocation) throws(SchemaCompileError) -> JSONValue? {
        if let text = DraftMetaschemas.texts[uri] {
            do { return try JSONParser.parse(Array(text.utf8)) } catch { throw self.error(at: location, "\(uri): \(error)") }
        }
        do { return try resolver.document(uri) } catch { throw self.error(at: location, "\(uri) can't be loaded: \(error)") }
    }

    private mutating func index(_ value: JSONValue, at location: SchemaLocation, in parent: Int) throws(SchemaCompileError) {
        var resource = parent
        guard case .object(let object) = value else {
            resourceOfSchema[location] = parent
            return
        }
        if let id = object["$id"]?.string { resource = try enter(id, of: value, at: location, in: parent) }
        resourceOfSchema[location] = resource
        for (keyword, isDynamic) in [("$anchor", false), ("$dynamicAnchor", true)] {
            guard let name = object[keyword]?.string else { continue }
            if let other = resources[resource].anchors[ExactText(name)], other.location != location {
                throw error(at: location.appending(keyword), "\"\(name)\" names another schema too")
            }
            resources[resource].anchors[ExactText(name)] = (location, isDynamic)
        }
        for (name, content) in object.members {
            switch (SchemaKeyword(rawValue: name)?.content, content) {
            case (.schema, _): try index(content, at: location.appending(name), in: resource)
            case (.list, .array(let schemas)):
                for (place, schema) in schemas.enumerated() { try index(schema, at: location.appending(name, "\(place)"), in: resource) }
            case (.map, .object(let schemas)):
                for (key, schema) in schemas.members { try index(schema, at: location.appending(name, key), in: resource) }
            default: break
            }
        }
    }

    private mutating func enter(
        _ id: String, of value: JSONValue, at location: SchemaLocation, in parent: Int
    ) throws(SchemaCompileError) -> Int {
        let uri = URIReference(id).resolved(against: resources[parent].base)
        guard uri.decodedFragment == "" else { throw error(at: location.appending("$id"), "an $id has no fragment") }
        let name = uri.withoutFragment.description
        if let known = resourceOfURI[name] {
            guard resources[known].root == location else {
                throw error(at: location.appending("$id"), "\"\(name)\" is the $id of another schema too")
            }
            return known
        }
        let vocabularies = try vocabularies(value, at: location, inherited: resources[parent].vocabularies)
        resources.append(Resource(base: uri.withoutFragment, root: location, vocabularies: vocabularies))
        resourceOfURI[name] = resources.count - 1
        return resources.count - 1
    }

    /// What the metaschema that `$schema` names switches on.
    private func vocabularies(
        _ schema: JSONValue, at location: SchemaLocation, inherited: Set<SchemaVocabulary>
    ) throws(SchemaCompileError) -> Set<SchemaVocabulary> {
        guard let name = schema["$schema"] else { return inherited }
        let place = location.appending("$schema")
        guard let uri = name.string else { throw error(at: place, "expected the URI of a metaschema") }
        if uri == DraftMetaschemas.uri || uri == DraftMetaschemas.uri + "#" { return .draft }
        if uri.contains("//json-schema.org/") { throw error(at: place, "\(uri) is not supported: only draft 2020-12 is") }
        guard let metaschema = try load(URIReference(uri).withoutFragment.description, at: place) else {
            throw error(at: place, "the metaschema \"\(uri)\" is not at hand: nothing is fetched, a resolver must know it")
        }
        guard case .object(let switches)? = metaschema["$vocabulary"] else { return .draft }
        var vocabularies: Set<SchemaVocabulary> = [.core]
        for (name, isRequired) in switches.members {
            if let vocabulary = SchemaVocabulary(uri: name) {
                vocabularies.insert(vocabulary)
            } else if isRequired == .bool(true) {
                throw error(at: place, "the metaschema \"\(uri)\" requires the vocabulary \"\(name)\", which is not supported")
            }
        }
        return vocabularies
    }
}

extension Set<SchemaVocabulary> {
    fileprivate static var draft: Self { SchemaVocabulary.draft }
}
