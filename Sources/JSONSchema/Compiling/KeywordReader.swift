/// Takes the values of keywords for what they must be, or tells what was expected.
struct KeywordReader {
    let location: SchemaLocation
    let keywords: [SchemaKeyword: JSONValue]
    /// The keyword at hand.
    var place: SchemaLocation

    init(location: SchemaLocation, keywords: [SchemaKeyword: JSONValue]) {
        self.location = location
        self.keywords = keywords
        place = location
    }

    func text(_ value: JSONValue, _ compiler: inout SchemaCompiler) throws(SchemaCompileError) -> String {
        guard let text = value.string else { throw compiler.store.error(at: place, "a string is expected here") }
        return text
    }

    func flag(_ value: JSONValue, _ compiler: inout SchemaCompiler) throws(SchemaCompileError) -> Bool {
        guard case .bool(let flag) = value else { throw compiler.store.error(at: place, "true or false is expected here") }
        return flag
    }

    func number(_ value: JSONValue, _ compiler: inout SchemaCompiler) throws(SchemaCompileError) -> Int32 {
        guard case .number(let number) = value else { throw compiler.store.error(at: place, "a number is expected here") }
        return compiler.add([number], to: \.numbers).lowerBound
    }

    func step(_ value: JSONValue, _ compiler: inout SchemaCompiler) throws(SchemaCompileError) -> Int32 {
        guard case .number(let step) = value, step.isStep else {
            throw compiler.store.error(at: place, "a number above zero is expected here, of at most eighteen significant digits")
        }
        return try number(value, &compiler)
    }

    func count(_ value: JSONValue, _ compiler: inout SchemaCompiler) throws(SchemaCompileError) -> Int {
        if case .number(let number) = value, let count = number.count { return count }
        throw compiler.store.error(at: place, "a count is expected here: a whole number, not below zero")
    }

    func limit(_ keyword: SchemaKeyword, _ compiler: inout SchemaCompiler) throws(SchemaCompileError) -> Int32? {
        guard let value = keywords[keyword] else { return nil }
        var reader = self
        reader.place = location.appending(keyword.rawValue)
        return Int32(clamping: try reader.count(value, &compiler))
    }

    func kinds(_ value: JSONValue, _ compiler: inout SchemaCompiler) throws(SchemaCompileError) -> ValueKinds {
        let names: [JSONValue]
        if case .array(let several) = value { names = several } else { names = [value] }
        var kinds: ValueKinds = []
        for name in names {
            guard let kind = name.string.flatMap(ValueKinds.named) else {
                throw compiler.store.error(at: place, "\(name) is no type of JSON")
            }
            kinds.formUnion(kind)
        }
        guard !kinds.isEmpty else { throw compiler.store.error(at: place, "at least one type is expected here") }
        return kinds
    }

    func alternatives(_ value: JSONValue, _ compiler: inout SchemaCompiler) throws(SchemaCompileError) -> SchemaInstruction {
        guard case .array(let values) = value else { throw compiler.store.error(at: place, "an array of values is expected here") }
        let range = compiler.add(values, to: \.values)
        let texts = values.compactMap(\.string)
        guard texts.count == values.count, Set(texts.map(ExactText.init)).count == texts.count else { return .oneOfValues(range) }
        return .oneOfTexts(table: compiler.add([TextTable(texts)], to: \.textTables).lowerBound, range)
    }

    func names(_ keyword: SchemaKeyword, _ compiler: inout SchemaCompiler) throws(SchemaCompileError) -> [String] {
        guard let value = keywords[keyword] else { return [] }
        var reader = self
        reader.place = location.appending(keyword.rawValue)
        return try reader.names(value, &compiler)
    }

    func names(_ value: JSONValue, _ compiler: inout SchemaCompiler) throws(SchemaCompileError) -> [String] {
        guard case .array(let values) = value else { throw compiler.store.error(at: place, "an array of names is expected here") }
        let names = values.compactMap(\.string)
        guard names.count == values.count else { throw compiler.store.error(at: place, "an array of names is expected here") }
        return names
    }

    func map(_ keyword: SchemaKeyword, _ compiler: inout SchemaCompiler) throws(SchemaCompileError) -> [(String, JSONValue)] {
        guard let value = keywords[keyword] else { return [] }
        var reader = self
        reader.place = location.appending(keyword.rawValue)
        return try reader.map(value, &compiler)
    }

    func map(_ value: JSONValue, _ compiler: inout SchemaCompiler) throws(SchemaCompileError) -> [(String, JSONValue)] {
        guard case .object(let object) = value else { throw compiler.store.error(at: place, "an object is expected here") }
        return object.members.map { ($0.key, $0.value) }
    }

    /// The schemas of a list, as branches of the program.
    func schemas(_ value: JSONValue, _ compiler: inout SchemaCompiler) throws(SchemaCompileError) -> Range<Int32> {
        guard case .array(let schemas) = value, !schemas.isEmpty else {
            throw compiler.store.error(at: place, "an array of schemas is expected here, with at least one")
        }
        var nodes: [SchemaProgram.NodeIndex] = []
        for index in schemas.indices { nodes.append(try compiler.node(at: place.appending("\(index)"))) }
        return compiler.add(nodes, to: \.branches)
    }

    func node(_ keyword: SchemaKeyword, _ compiler: inout SchemaCompiler) throws(SchemaCompileError) -> SchemaProgram.NodeIndex? {
        guard keywords[keyword] != nil else { return nil }
        return try compiler.node(at: location.appending(keyword.rawValue))
    }

    func count(of keyword: SchemaKeyword) -> Int32 {
        guard case .array(let elements)? = keywords[keyword] else { return 0 }
        return Int32(clamping: elements.count)
    }

    /// `nil` if it is to assert nothing.
    func format(_ value: JSONValue, in resource: Int, _ compiler: inout SchemaCompiler) throws(SchemaCompileError) -> Format? {
        let name = try text(value, &compiler)
        guard compiler.options.formats == .assert || compiler.store.resources[resource].vocabularies.contains(.formatAssertion)
        else { return nil }
        let format = Format(rawValue: name)
        guard format != nil || compiler.options.unknownKeywords == .annotate else {
            let known = Format.allCases.map(\.rawValue).joined(separator: ", ")
            throw compiler.store.error(at: place, "the format \"\(name)\" is not supported; these are: \(known)")
        }
        return format
    }
}
