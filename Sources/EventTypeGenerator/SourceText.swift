/// Swift source, line by line, indented by blocks.
struct SourceText {
    private(set) var text = ""
    private var depth = 0

    mutating func line(_ line: String = "") {
        text += line.isEmpty ? "\n" : String(repeating: "    ", count: depth) + line + "\n"
    }

    mutating func block(_ head: String, _ body: (inout SourceText) -> Void) {
        line(head + " {")
        indent(body)
        line("}")
    }

    mutating func indent<Failure: Error>(_ body: (inout SourceText) throws(Failure) -> Void) throws(Failure) {
        depth += 1
        try body(&self)
        depth -= 1
    }

    /// A documentation comment; line breaks are kept.
    mutating func comment(_ text: String) {
        for part in text.split(separator: "\n", omittingEmptySubsequences: false) { line("/// \(part)") }
    }
}
