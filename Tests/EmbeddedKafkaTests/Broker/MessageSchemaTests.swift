import NIOCore
import Testing

@testable import EmbeddedKafka

@Suite("Message formats")
struct MessageSchemaTests {
    @Test("Every message of every version is read back as it was written", arguments: API.all)
    func roundTrip(api: API) throws {
        #expect(!api.response.fields.isEmpty)
        for version in api.versions {
            for schema in [api.request, api.response] {
                let value = WireValue.sample(of: schema, version: Int(version))
                var writer = WireWriter(into: ByteBuffer(), version: Int(version), isFlexible: api.isFlexible(version))
                writer.write(value, as: schema)
                let read = try WireReader.read(
                    schema, from: writer.bytes, version: Int(version), isFlexible: api.isFlexible(version))
                #expect(read == value, "\(api.name) \(version)")
            }
        }
    }

    @Test("A message that is cut short anywhere is an error, and no crash", arguments: API.all)
    func truncated(api: API) throws {
        let version = api.versions.upperBound
        var writer = WireWriter(into: ByteBuffer(), version: Int(version), isFlexible: api.isFlexible(version))
        writer.write(.sample(of: api.request, version: Int(version)), as: api.request)
        for length in 0..<writer.bytes.readableBytes {
            let cut = writer.bytes.getSlice(at: 0, length: length) ?? ByteBuffer()
            #expect(throws: WireError.self) {
                try WireReader.read(api.request, from: cut, version: Int(version), isFlexible: api.isFlexible(version))
            }
        }
    }

    @Test("A description says names, kinds, NULL, versions and what stands where nothing is said")
    func description() throws {
        let schema = MessageSchema("a:int32=-1@2-4, b:[c:string?@3, d:[int64]]?, e:uuid")
        #expect(schema.fields.map(\.name) == ["a", "b", "e"])
        #expect(schema.fields[0].versions == 2...4)
        #expect(schema.fields[0].standard == -1)
        #expect(schema.fields[1].isNullable)
        guard case .array(.structure(let inner)) = schema.fields[1].kind else {
            Issue.record("b is no array of structures")
            return
        }
        #expect(inner.map(\.name) == ["c", "d"])
        #expect(inner[0].versions.lowerBound == 3)
    }

    @Test("A count that the bytes can't hold is refused before anything is allocated")
    func hostileCount() {
        let schema = MessageSchema("a:[int64]")
        let bytes = ByteBuffer(integer: Int32.max)
        #expect(throws: WireError.invalidLength(Int64(Int32.max))) {
            try WireReader.read(schema, from: bytes, version: 0, isFlexible: false)
        }
    }
}

extension WireValue {
    /// A value for every field of a schema, of the kind that the field has.
    static func sample(of schema: MessageSchema, version: Int) -> WireValue { sample(schema.fields, version) }

    private static func sample(_ fields: [MessageSchema.Field], _ version: Int) -> WireValue {
        var values: [String: WireValue] = [:]
        for field in fields {
            if field.versions.contains(version) {
                values[field.name] = sample(field.kind, version)
            } else if field.standard != 0 {
                values[field.name] = .int(field.standard)
            }
        }
        return .structure(values)
    }

    private static func sample(_ kind: MessageSchema.Kind, _ version: Int) -> WireValue {
        switch kind {
        case .bool: true
        case .int8: -7
        case .int16: 300
        case .int32: -70_000
        case .int64: 5_000_000_000
        case .uuid: .bytes(ByteBuffer(bytes: 0..<16))
        case .string: "text"
        case .bytes: .bytes(ByteBuffer(string: "bytes"))
        case .array(let element): .array([sample(element, version), sample(element, version)])
        case .structure(let fields): sample(fields, version)
        }
    }
}
