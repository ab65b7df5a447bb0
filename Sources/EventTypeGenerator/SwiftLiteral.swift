/// Text as Swift writes it in source.
enum SwiftLiteral {
    /// On one line, in quotes.
    static func string(_ text: String) -> String {
        var literal = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": literal += "\\\(scalar)"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F: literal += "\\u{\(String(scalar.value, radix: 16))}"
            default: literal.unicodeScalars.append(scalar)
            }
        }
        return literal + "\""
    }

    /// A raw literal of several lines, as lines: the first and the last are the delimiters. It has as many number signs as it takes for
    /// nothing in the text to end it, or to be taken for an escape.
    static func raw(_ text: String) -> [String] {
        var longest = 0
        var run: Int?
        for character in text.utf8 {
            switch (character, run) {
            case (UInt8(ascii: "\""), _), (UInt8(ascii: "\\"), _): run = 0
            case (UInt8(ascii: "#"), let count?):
                run = count + 1
                longest = max(longest, count + 1)
            default: run = nil
            }
        }
        let signs = String(repeating: "#", count: longest + 1)
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
        return [signs + "\"\"\""] + lines + ["\"\"\"" + signs]
    }
}
