@testable import CartService
import EventContracts
@testable import EveryConstruct
import Foundation
import JSONSchema
@testable import OrderService
@testable import PaymentService
import Testing

/// Generated code against the validator, on documents made from the schemas of the shop and of every construct that there is.
@Suite("Generated code and the validator")
struct CodecPropertyTests {
    /// The seed of one run: another one each time, or `FERRY_SEED`.
    static let seed = ProcessInfo.processInfo.environment["FERRY_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0 ... .max)

    struct Subject: Sendable, CustomTestStringConvertible {
        let payload: any EventPayload.Type
        let schema: JSONValue
        var testDescription: String { String(reflecting: payload) }
    }

    static let subjects: [Subject] = {
        let payloads = CartService.Contract.payloads + OrderService.Contract.payloads + PaymentService.Contract.payloads + EveryConstruct.Contract.payloads
        return payloads.compactMap { payload in
            (try? JSONParser.parse(Array(payload.schemas.text.utf8))).map { Subject(payload: payload, schema: $0) }
        }
    }()

    @Test("A valid document is read as it stands, and written canonically: its own canonical bytes", arguments: subjects)
    func valid(subject: Subject) throws { try valid(subject.payload, subject.schema) }

    private func valid<Payload: EventPayload>(_ type: Payload.Type, _ schema: JSONValue) throws {
        var generator = DocumentGenerator(random: SeededGenerator(seed: Self.seed), addsUndeclared: false)
        var spelling = DocumentSpelling(random: SeededGenerator(seed: Self.seed))
        for round in 0..<60 {
            let document = generator.document(schema)
            let text = spelling.text(document)
            let comment: Comment = "FERRY_SEED=\(Self.seed), round \(round): \(text)"
            let payload = try #require(fast(type, Array(text.utf8)), comment)
            #expect(try Codec.decode(type, from: Array(text.utf8)) == payload, comment)
            let bytes = try Codec.encode(payload)
            #expect(String(decoding: bytes, as: UTF8.self) == document.description, comment)
            #expect(try type.schemas.writer.get().validate(document) == [], comment)
            #expect(fast(type, bytes) == payload, comment)
        }
    }

    @Test("What a reader doesn't know is passed over, and not written", arguments: subjects)
    func undeclared(subject: Subject) throws { try undeclared(subject.payload, subject.schema) }

    private func undeclared<Payload: EventPayload>(_ type: Payload.Type, _ schema: JSONValue) throws {
        var generator = DocumentGenerator(random: SeededGenerator(seed: Self.seed), addsUndeclared: true)
        var spelling = DocumentSpelling(random: SeededGenerator(seed: Self.seed))
        for round in 0..<40 {
            let document = generator.document(schema)
            let text = spelling.text(document)
            let comment: Comment = "FERRY_SEED=\(Self.seed), round \(round): \(text)"
            let payload = try Codec.decode(type, from: Array(text.utf8))
            let expected = Self.declared(document, schema)
            // Without its undeclared members an object may be too small, or like another one that must differ from it.
            guard try type.schemas.writer.get().isValid(expected) else { continue }
            #expect(try String(decoding: Codec.encode(payload), as: UTF8.self) == expected.description, comment)
        }
    }

    @Test("Whatever is done to a document, generated code reads it if and only if the validator accepts it", arguments: subjects)
    func mutated(subject: Subject) throws { try mutated(subject.payload, subject.schema) }

    private func mutated<Payload: EventPayload>(_ type: Payload.Type, _ schema: JSONValue) throws {
        var generator = DocumentGenerator(random: SeededGenerator(seed: Self.seed), addsUndeclared: false)
        var spelling = DocumentSpelling(random: SeededGenerator(seed: Self.seed))
        var mutation = DocumentMutation(random: SeededGenerator(seed: Self.seed ^ 1))
        let reader = try type.schemas.reader.get()
        var refused = 0
        for round in 0..<150 {
            var document = generator.document(schema)
            if !round.isMultiple(of: 4) { document = mutation.document(document) }
            var bytes = Array(spelling.text(document).utf8)
            if round.isMultiple(of: 4) { bytes = mutation.bytes(bytes) }
            let comment: Comment = "FERRY_SEED=\(Self.seed), round \(round): \(String(decoding: bytes, as: UTF8.self))"
            let parsed = try? JSONParser.parse(bytes)
            let violations = parsed.map { reader.validate($0) }
            if violations != [] { refused += 1 }
            do throws(PayloadError) {
                let payload = try Codec.decode(type, from: bytes)
                #expect(violations == [], comment)
                // Items that only differ in a member that isn't declared are the same to generated code.
                #expect(fast(type, bytes) == payload || document.description.contains("\"more\""), comment)
            } catch {
                #expect(fast(type, bytes) == nil, comment)
                switch error {
                case .malformedJSON: #expect(parsed == nil, comment)
                case .invalid(type.schemaID, let found): #expect(found == violations && !found.isEmpty, comment)
                case .mismatch: #expect(violations == [] && Self.holdsLargeNumber(parsed), comment)
                default: Issue.record("\(error): \(comment)")
                }
            }
        }
        #expect(refused > 0 || type.schemas.text.contains("\"properties\": {}"))
    }

    /// What generated code alone says of a document.
    private func fast<Payload: EventPayload>(_ type: Payload.Type, _ bytes: [UInt8]) -> Payload? {
        var reader = JSONReader(bytes)
        guard let payload = try? Payload(from: &reader), (try? reader.end()) != nil else { return nil }
        return payload
    }

    /// The document without what its schema doesn't declare.
    private static func declared(_ document: JSONValue, _ schema: JSONValue) -> JSONValue {
        if case .array(let alternatives)? = schema["oneOf"] {
            let alternative = alternatives.first { alternative in
                guard case .object(let properties)? = alternative["properties"] else { return false }
                return properties.contains { $0.value["const"] != nil && $0.value["const"] == document[$0.key] }
            }
            return declared(document, alternative ?? .null)
        }
        switch document {
        case .array(let items): return .array(items.map { declared($0, schema["items"] ?? .null) })
        case .object(let object):
            var result: JSONObject = [:]
            for (name, value) in object {
                if let property = schema["properties"]?[name] { result[name] = declared(value, property) }
            }
            return .object(result)
        default: return document
        }
    }

    private static func holdsLargeNumber(_ value: JSONValue?) -> Bool {
        switch value {
        case .number(let number): number.isInteger && number.int64 == nil
        case .array(let items): items.contains { holdsLargeNumber($0) }
        case .object(let object): object.contains { holdsLargeNumber($0.value) }
        default: false
        }
    }
}
