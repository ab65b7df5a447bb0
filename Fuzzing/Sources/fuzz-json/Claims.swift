@testable import JSONSchema

/// What must be true of any input. An error is an answer; a crash, a contradiction and taking for ever are not.
enum Claims {
    /// A document that can be read is the same value in each form, and its canonical text is stable.
    static func reading(_ bytes: [UInt8]) {
        guard let document = try? JSONDocument(parsing: bytes) else {
            // A refusal has a place within the text.
            do throws(JSONParseError) {
                _ = try JSONParser.parse(bytes)
                preconditionFailure("read as a value, not as a document")
            } catch {
                precondition((0...bytes.count).contains(error.offset), "an error at \(error.offset) of \(bytes.count)")
            }
            return
        }
        let value = document.value
        precondition(JSONDocument(value).value == value, "another value after a round trip")
        let text = value.canonicalBytes()
        guard let again = try? JSONParser.parse(text) else { preconditionFailure("canonical text that can't be read") }
        precondition(again == value && again.hashValue == value.hashValue, "the canonical text is another value")
        precondition(again.canonicalBytes() == text, "the canonical text isn't stable")
        precondition((try? JSONParser.parse(Array(value.prettyText().utf8))) == value, "the text for people is another value")
        // Equality of nodes is that of values.
        precondition(document.value(at: 0, equals: JSONDocument(again), at: 0), "equal values, different nodes")
    }

    /// Both ways of validating say the same, on either side of a contract.
    static func compiling(_ schema: [UInt8], _ bytes: [UInt8]) {
        guard let schema = try? JSONParser.parse(schema), let document = try? JSONDocument(parsing: bytes) else { return }
        for view in [SchemaView.closedWriter, .openReader] {
            for options in [SchemaOptions.house, SchemaOptions(unknownKeywords: .annotate, formats: .assert)] {
                guard let compiled = try? Schema.compile(schema, origin: "fuzz", view: view, options: options) else { continue }
                agree(compiled, document)
            }
        }
    }

    static func validating(_ bytes: [UInt8]) {
        guard let document = try? JSONDocument(parsing: bytes) else { return }
        agree(EveryKeyword.schema, document)
    }

    private static func agree(_ schema: Schema, _ document: JSONDocument) {
        let violations = schema.validate(document)
        precondition(schema.isValid(document) == violations.isEmpty, "the verdict and the violations contradict each other")
        precondition(schema.isValid(document.value) == violations.isEmpty, "the value and the document are told apart")
        let value = document.value
        for violation in violations.prefix(20) {
            precondition(value[violation.instance] != nil, "a violation where there is nothing: \(violation.instance)")
            precondition(violation.message.utf8.count < 20_000, "a violation of \(violation.message.utf8.count) bytes")
        }
    }

    /// The table of a pattern says what following all ways at once says.
    static func matching(_ pattern: [UInt8], _ text: [UInt8]) {
        let (expression, text) = (String(decoding: pattern, as: UTF8.self), String(decoding: text, as: UTF8.self))
        guard let pattern = try? Pattern(expression), let automaton = pattern.automaton,
            let syntax = try? PatternParser.parse(expression), let machine = try? PatternMachine(syntax)
        else { return }
        var simulation = PatternSimulation(machine, automaton.alphabet)
        var (steps, before, isFound) = ([0], PatternSimulation.Before.nothing, false)
        for scalar in text.unicodeScalars where !isFound {
            let next = automaton.alphabet.classIndex(of: scalar)
            if let following = simulation.advance(steps, before, next) {
                (steps, before) = (following, simulation.before(next))
            } else {
                isFound = true
            }
        }
        isFound = isFound || simulation.advance(steps, before, nil) == nil
        precondition(pattern.matches(text) == isFound, "\(expression) on \(text): the table says otherwise than the machine")
        precondition((try? PatternParser.check(expression)) != nil, "\(expression) can be matched, but isn't well-formed")
    }

    static func format(_ name: [UInt8], _ text: [UInt8]) {
        guard let format = Format(rawValue: String(decoding: name, as: UTF8.self)) else { return }
        let text = String(decoding: text, as: UTF8.self)
        let accepts = format.accepts(text)
        if accepts, let outline = format.outline {
            precondition(outline.matches(text) == true, "\(format) accepts \(text), its outline doesn't")
        }
        if accepts, format == .uri { precondition(Format.uriReference.accepts(text), "\(text) is a URI and no reference") }
    }
}
