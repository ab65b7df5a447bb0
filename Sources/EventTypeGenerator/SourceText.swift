/// Swift source, line by line, indented by blocks.
struct SourceText {
    private(set) var text = ""
    private var depth = 0
    private static let width = 140

    mutating func line(_ line: String = "") {
        text += line.isEmpty ? "\n" : String(repeating: "    ", count: depth) + line + "\n"
    }

    mutating func block<Failure: Error>(
        _ head: String, _ body: (inout SourceText) throws(Failure) -> Void
    ) throws(Failure) {
        line(head + " {")
        try indent(body)
        line("}")
    }

    mutating func indent<Failure: Error>(_ body: (inout SourceText) throws(Failure) -> Void) throws(Failure) {
        depth += 1
        try body(&self)
        depth -= 1
    }

    /// `head`, the items between commas, `tail`: on one line where it fits, else one item a line.
    mutating func list(_ head: String, _ items: [String], _ tail: String) {
        let joined = head + items.joined(separator: ", ") + tail
        guard depth * 4 + joined.count > Self.width else { return line(joined) }
        line(String(head.reversed().drop { $0 == " " }.reversed()))
        indent { source in
            for (index, item) in items.enumerated() { source.line(item + (index < items.count - 1 ? "," : "")) }
        }
        line(String(tail.drop { $0 == " " }))
    }

    /// A documentation comment; line breaks are kept.
    mutating func comment(_ text: String) {
        for part in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            line(part.isEmpty ? "///" : "/// \(part)")
        }
    }
}
