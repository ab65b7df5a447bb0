import JSONSchema

extension ContractSnapshot {
    /// What a running service was built with.
    ///
    /// - Throws: `JSONParseError` for a schema that isn't JSON, which the generator would have refused.
    public init<Contract: ServiceContract>(of contract: Contract.Type) throws(JSONParseError) {
        var schemas: [EventReference: JSONValue] = [:]
        for payload in Contract.payloads { schemas[payload.reference] = try JSONParser.parse(Array(payload.schemas.text.utf8)) }
        self.init(manifest: Contract.manifest, schemas: schemas)
    }
}
