import JSONSchema

extension SchemaCatalogue {
    /// Names that come back with another meaning.
    ///
    /// A member that a version of a major removes keeps its name to itself: records with it lie in the topics, and readers that know it are
    /// running. A later version of the major may bring it back at the same place only word for word as it was, description included. The
    /// earlier versions themselves are the list of reserved names, so none can be forgotten.
    public func reservedNameViolations(of events: [EventReference]? = nil) throws(CatalogueError) -> [CatalogueError] {
        var violations: [CatalogueError] = []
        for versions in majors(of: events ?? references) {
            // By path: what was last said of it, and by whom.
            var known: [String: (schemas: [JSONObject], version: EventReference)] = [:]
            var current: Set<String> = []
            for version in versions {
                let members = SchemaPlace.all(in: try document(of: version)).filter { $0.membership != .none }
                for (path, places) in Dictionary(grouping: members, by: \.path).sorted(by: { $0.key < $1.key }) {
                    let schemas = places.map(\.keywords)
                    if let before = known[path], !current.contains(path), before.schemas != schemas {
                        violations.append(
                            try error(
                                in: version, at: places[0].pointer,
                                "the name is reserved: \(before.version) had \(path) with another meaning, and a later version removed it; "
                                    + "choose another name, or bring it back exactly as it was"))
                    }
                    known[path] = (schemas, version)
                }
                current = Set(members.map(\.path))
            }
        }
        return violations
    }
}
