import NIOCore

/// Writes messages by their schema: the counterpart of ``WireReader``.
struct WireWriter {
    /// What comes before `bytes`: record batches are passed on as they are, since a copy of a megabyte costs more than all the rest.
    private(set) var pieces: [ByteBuffer] = []
    private(set) var bytes: ByteBuffer
    private let passingOnFrom: Int
    private let version: Int
    private let isFlexible: Bool

    /// - Parameter passingOnFrom: the size of byte fields that are not copied into `bytes`.
    init(into bytes: ByteBuffer, version: Int, isFlexible: Bool, passingOnFrom: Int = .max) {
        self.passingOnFrom = passingOnFrom
        self.bytes = bytes
        self.version = version
        self.isFlexible = isFlexible
    }

    mutating func write(_ value: WireValue, as schema: MessageSchema) {
        structure(value, schema.fields)
    }

    private mutating func structure(_ value: WireValue, _ fields: [MessageSchema.Field]) {
        var values: [String: WireValue] = [:]
        if case .structure(let given) = value { values = given }
        for field in fields where field.versions.contains(version) {
            write(values[field.name], field)
        }
        if isFlexible { varint(0) }
    }

    private mutating func write(_ value: WireValue?, _ field: MessageSchema.Field) {
        guard let value else { return standard(field) }
        write(value, field.kind, isNullable: field.isNullable)
    }

    private mutating func standard(_ field: MessageSchema.Field) {
        switch field.kind {
        case .bool, .int8, .int16, .int32, .int64: write(.int(field.standard), field.kind, isNullable: false)
        case .uuid: bytes.writeRepeatingByte(0, count: 16)
        case .string: write(.string(field.isNullable ? nil : ""), field.kind, isNullable: field.isNullable)
        case .bytes: write(.bytes(field.isNullable ? nil : ByteBuffer()), field.kind, isNullable: field.isNullable)
        case .array: write(.array(field.isNullable ? nil : []), field.kind, isNullable: field.isNullable)
        case .structure(let fields): structure([:], fields)
        }
    }

    private mutating func write(_ value: WireValue, _ kind: MessageSchema.Kind, isNullable: Bool) {
        switch kind {
        case .bool:
            bytes.writeInteger(value.isTrue || value.int != 0 ? 1 : 0 as Int8)
        case .int8: bytes.writeInteger(Int8(truncatingIfNeeded: value.int))
        case .int16: bytes.writeInteger(value.int16)
        case .int32: bytes.writeInteger(value.int32)
        case .int64: bytes.writeInteger(value.int)
        case .uuid:
            var id = value.buffer ?? ByteBuffer(repeating: 0, count: 16)
            bytes.writeBuffer(&id)
        case .string:
            let text = isNullable ? value.optionalText : value.text
            length(text?.utf8.count, shortForm: true)
            if let text { bytes.writeString(text) }
        case .bytes:
            let buffer = isNullable ? value.buffer : value.buffer ?? ByteBuffer()
            length(buffer?.readableBytes, shortForm: false)
            guard let buffer else { return }
            if buffer.readableBytes < passingOnFrom {
                bytes.writeImmutableBuffer(buffer)
            } else {
                pieces += [bytes, buffer]
                bytes = ByteBuffer()
            }
        case .array(let element):
            let elements = isNullable ? value.optionalElements : value.elements
            length(elements?.count, shortForm: false)
            for item in elements ?? [] { write(item, element, isNullable: false) }
        case .structure(let fields): structure(value, fields)
        }
    }

    /// `nil` is NULL.
    private mutating func length(_ length: Int?, shortForm: Bool) {
        if isFlexible {
            varint(UInt32(length.map { $0 + 1 } ?? 0))
        } else if shortForm {
            bytes.writeInteger(Int16(length ?? -1))
        } else {
            bytes.writeInteger(Int32(length ?? -1))
        }
    }

    private mutating func varint(_ value: UInt32) {
        var rest = value
        while rest >= 0x80 {
            bytes.writeInteger(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.writeInteger(UInt8(rest))
    }
}
