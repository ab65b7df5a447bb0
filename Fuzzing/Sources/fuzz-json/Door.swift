/// What an input is taken for. The letters make a corpus that a person can read.
enum Door: UInt8, CaseIterable {
    /// A document.
    case document = 0x64  // d
    /// A schema, a zero byte, a document for it.
    case schema = 0x73  // s
    /// A document for a schema that has every keyword.
    case validation = 0x76  // v
    /// A regular expression, a zero byte, a text for it.
    case pattern = 0x70  // p
    /// The name of a format, a zero byte, a text for it.
    case format = 0x66  // f
}
