import JSONSchema

/// The rules of the house for schemas, beyond what makes them valid.
public struct SchemaLint: Sendable {
    private let catalogue: SchemaCatalogue

    public init(_ catalogue: SchemaCatalogue) { self.catalogue = catalogue }

    /// What breaks the rules, in the order of the document. A schema that isn't valid has that one violation.
    public func violations(of reference: EventReference) throws(CatalogueError) -> [CatalogueError] {
        let document = try catalogue.document(of: reference)
        let writer: Schema
        do throws(CatalogueError) {
            writer = try catalogue.schema(of: reference, view: .closedWriter)
            _ = try catalogue.schemaID(of: reference)
        } catch {
            return [error]
        }
        var violations: [CatalogueError] = []
        for subschema in Subschema.all(in: document) {
            for finding in Self.findings(subschema) {
                violations.append(try catalogue.error(in: reference, at: finding.pointer, finding.message))
            }
        }
        violations += try exampleViolations(of: reference, writer)
        return violations
    }

    private typealias Finding = (pointer: JSONPointer, message: String)

    private static func findings(_ subschema: Subschema) -> [Finding] {
        let (keywords, pointer) = (subschema.keywords, subschema.pointer)
        var findings: [Finding] = []
        if let reference = keywords["$ref"]?.string, !reference.hasPrefix("#") {
            findings.append((pointer.appending("$ref"), "a schema stands by itself: refer to #/$defs/…, not to another file"))
        }
        if case .other = subschema.role {} else {
            findings += documentationFindings(subschema)
        }
        if keywords["type"] == "object" || keywords["properties"] != nil {
            if keywords["additionalProperties"] == nil, keywords["unevaluatedProperties"] == nil {
                findings.append(
                    (pointer, "an object is closed: add \"additionalProperties\": false, so that nothing undeclared leaves a writer"))
            } else if keywords["additionalProperties"] == true || keywords["unevaluatedProperties"] == true {
                findings.append((pointer, "an object is closed: nothing undeclared leaves a writer"))
            }
        }
        if case .property(let name) = subschema.role, isMoney(name), mayBeFraction(keywords) {
            findings.append(
                (pointer, "money is no floating-point number: count its smallest unit in an integer, and name it so (\(name)Cents)"))
        }
        return findings
    }

    private static func documentationFindings(_ subschema: Subschema) -> [Finding] {
        let (keywords, pointer) = (subschema.keywords, subschema.pointer)
        var findings: [Finding] = []
        let described = ["type", "$ref", "const", "enum", "allOf", "anyOf", "oneOf"]
        if !described.contains(where: { keywords[$0] != nil }) {
            findings.append((pointer, "the type is missing"))
        }
        // What is said where a reference leads need not be said again.
        if keywords["$ref"] == nil, keywords["description"]?.string?.isEmpty != false {
            findings.append((pointer, "the description is missing: say what it means, in which unit"))
        }
        if subschema.role == .root {
            if keywords["type"] != "object" { findings.append((pointer, "an event is an object: \"type\": \"object\"")) }
            if keywords["title"]?.string?.isEmpty != false { findings.append((pointer, "the title is missing: it names the Swift type")) }
            if keywords["$schema"] != "https://json-schema.org/draft/2020-12/schema" {
                findings.append((pointer, "\"$schema\" must be https://json-schema.org/draft/2020-12/schema"))
            }
        }
        return findings
    }

    /// A name of which one of the words tells of money, and none of something that money has a part in: `totalPrice`, not `taxRate`.
    private static func isMoney(_ name: String) -> Bool {
        var words: [String] = [""]
        for character in name {
            if character.isUppercase || !character.isLetter { words.append("") }
            if character.isLetter { words[words.count - 1] += character.lowercased() }
        }
        let money: Set = ["amount", "balance", "cents", "cost", "discount", "fee", "money", "price", "subtotal", "tax", "total"]
        let other: Set = ["days", "factor", "hours", "minutes", "percent", "percentage", "rate", "ratio", "seconds", "share", "weight"]
        return !money.isDisjoint(with: words) && other.isDisjoint(with: words)
    }

    private static func mayBeFraction(_ keywords: JSONObject) -> Bool {
        switch keywords["type"] {
        case .array(let types)?: types.contains("number")
        case let type: type == "number"
        }
    }

    private func exampleViolations(of reference: EventReference, _ writer: Schema) throws(CatalogueError) -> [CatalogueError] {
        let file = catalogue.examplesOrigin(of: reference)
        let examples: [JSONValue]
        do throws(CatalogueError) {
            examples = try catalogue.examples(of: reference)
        } catch {
            return [error]
        }
        guard !examples.isEmpty else {
            return [CatalogueError(origin: file, line: 1, message: "at least one example is needed")]
        }
        return examples.enumerated().flatMap { index, example in
            writer.validate(example).map { violation in
                let place = JSONPointer([String(index)] + violation.instance.tokens)
                return CatalogueError(
                    origin: file, line: catalogue.examplesLine(of: place, in: reference), pointer: place,
                    message: "the example violates its schema: \(violation.message)")
            }
        }
    }
}
