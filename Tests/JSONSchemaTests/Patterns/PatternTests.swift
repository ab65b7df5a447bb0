import JSONSchema
import Testing

@Suite("Regular expressions are those of ECMA-262, over code points")
struct PatternTests {
    private func matches(_ pattern: String, _ text: String) throws -> Bool {
        try Schema.compile(["pattern": .string(pattern)], origin: "test").isValid(.string(text))
    }

    @Test(
        "What matches, and what doesn't",
        arguments: [
            ("b", ["abc", "b"], ["", "a"]), ("^b", ["bc"], ["ab"]), ("b$", ["ab"], ["ba", "b\n"]), ("^$", [""], ["a"]),
            ("^(ab|c)*d?$", ["", "ababc", "cd"], ["abd x", "dd"]), ("^a{2,3}$", ["aa", "aaa"], ["a", "aaaa"]), ("^a{2}$", ["aa"], ["aaa"]),
            ("^a{2,}$", ["aa", "aaaaa"], ["a"]), ("^a{0}$", [""], ["a"]), ("^a+?b*?$", ["a", "aab"], ["b"]),
            ("^[a-cx]$", ["a", "b", "x"], ["d", "-"]), ("^[^a-c]$", ["d", "🚀", "\n"], ["a"]), ("^[]$", [], ["", "a"]), ("^[^]$", ["a",
                "\n"], [""]),
            ("^[-a]$", ["-", "a"], ["b"]), ("^[\\]\\\\]$", ["]", "\\"], ["["]), ("^.$", ["a", "🚀", "\u{85}"], ["\n", "\r", "\u{2028}",
                "aa"]),
            ("^\\d+$", ["0129"], ["٣", "a"]), ("^\\D$", ["٣"], ["3"]), ("^\\w+$", ["aZ_9"], ["é", "-"]), ("^\\W$", ["é"], ["a"]),
            ("^\\s$", [" ", "\u{A0}", "\u{FEFF}", "\u{2028}", "\u{B}"], ["\u{85}", "a"]), ("^\\S$", ["a"], [" "]),
            ("\\bcat\\b", ["cat", "a cat."], ["concat", "cats"]), ("\\Bcat", ["concat"], ["cat", "a cat"]), ("^\\b$", [], ["", "a"]),
            ("^\\u0061\\x62\\u{1F680}\\cJ\\t\\0$", ["ab🚀\n\t\0"], ["ab"]), ("^\\ud83d\\ude80$", ["🚀"], ["x"]), ("^🚀{2}$", ["🚀🚀"], ["🚀"]),
            ("^\\p{Lu}\\p{L}*$", ["É", "Été", "Ωmega"], ["été", "É1"]), ("^\\P{Lu}$", ["a", "1"], ["A"]), ("^\\p{gc=Nd}$", ["٣", "3"],
                ["a"]),
            ("^[\\p{Alphabetic}_]$", ["é", "_"], ["1"]), ("^(?:a|(?<n>b))$", ["a", "b"], ["ab"]), ("a|", ["", "x"], []), ("^(a|b|)c$",
                ["c", "ac"], ["abc"]),
            ("\\.json$", ["a.json"], ["a.jsonx", "json"]), ("^e\u{301}$", ["e\u{301}"], ["\u{e9}"]),
        ] as [(String, [String], [String])])
    func language(pattern: String, matching: [String], others: [String]) throws {
        for text in matching { #expect(try matches(pattern, text), "\(pattern) should match \(text.debugDescription)") }
        for text in others { #expect(try !matches(pattern, text), "\(pattern) should not match \(text.debugDescription)") }
    }

    @Test(
        "What isn't a regular expression of ECMA-262 is refused",
        arguments: [
            "(", ")", "a)", "[", "[b-a]", "a**", "*a", "?", "{1}", "a{2,1}", "a{,1}", "\\", "\\a", "\\-", "]", "}", "(?a)",
            "(?<n>a)(?<n>b)", "(?<1>a)",
            "\\p{Nonsense}", "\\p{L", "\\u{110000}", "\\u12", "\\xg", "\\c1", "\\01", "\\k<n>", "(?i)a", "[\\d-z]", "\\Z",
        ])
    func malformed(pattern: String) {
        #expect(throws: SchemaCompileError.self) { try matches(pattern, "a") }
    }

    @Test("Long alternatives and counted repetitions are matched exactly, with or without a table")
    func large() throws {
        // The states of this one double with each step, so it has no table.
        let pattern = "^[ab]*a[ab]{16}$"
        #expect(try matches(pattern, "bba" + String(repeating: "b", count: 16)))
        #expect(try !matches(pattern, "abb" + String(repeating: "b", count: 16)))
        let words = (0..<300).map { "word\($0)x" }
        let alternatives = "^(" + words.joined(separator: "|") + ")$"
        #expect(try matches(alternatives, "word299x"))
        #expect(try !matches(alternatives, "word300x"))
    }

    @Test("A pattern that is too large is refused, whatever makes it so", arguments: [
        String(repeating: "a", count: 10_001), "(a{100}){101}", "((((a{99}){99}){99}){99}){99}", "(){1000000}", "a{1000000000}",
        String(repeating: "(", count: 101) + String(repeating: ")", count: 101),
    ])
    func limits(pattern: String) {
        #expect(throws: SchemaCompileError.self) { try matches(pattern, "a") }
    }
}
