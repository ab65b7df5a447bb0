/// A set of kinds of JSON values, as `type` names them.
struct ValueKinds: OptionSet, Sendable {
    let rawValue: UInt8

    static let null = ValueKinds(rawValue: 1)
    static let boolean = ValueKinds(rawValue: 2)
    static let integer = ValueKinds(rawValue: 4)
    static let fraction = ValueKinds(rawValue: 8)
    static let string = ValueKinds(rawValue: 16)
    static let array = ValueKinds(rawValue: 32)
    static let object = ValueKinds(rawValue: 64)
    static let all = ValueKinds(rawValue: 127)

    /// The name of a type in a schema.
    static func named(_ name: String) -> ValueKinds? {
        switch name {
        case "null": .null
        case "boolean": .boolean
        case "integer": .integer
        case "number": [.integer, .fraction]
        case "string": .string
        case "array": .array
        case "object": .object
        default: nil
        }
    }

    static func of(_ value: JSONValue) -> ValueKinds {
        switch value {
        case .null: .null
        case .bool: .boolean
        case .number(let number): number.isInteger ? .integer : .fraction
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }
}
