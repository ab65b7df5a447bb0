@testable import EventTypeGenerator
import Testing

@Suite("Literals in Swift")
struct SwiftLiteralTests {
    @Test("Quotes, backslashes and control characters are escaped")
    func strings() {
        #expect(SwiftLiteral.string("a\"b\\(c)\n\u{7F}ü") == #""a\"b\\(c)\u{a}\u{7f}ü""#)
    }

    @Test(
        "A raw literal has more number signs than anything in it that could end it",
        arguments: [("plain", "#"), ("say \"\"\"# twice", "##"), ("\\##(x)", "###"), ("# heading", "#"), ("\"#\"", "##")])
    func raw(text: String, signs: String) {
        #expect(SwiftLiteral.raw(text) == ["\(signs)\"\"\"", text, "\"\"\"\(signs)"])
    }
}
