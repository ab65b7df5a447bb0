/// Reads a regular expression by the grammar of ECMA-262 with the flag `u`, all of it, so that it can tell whether one is well-formed.
struct PatternParser {
    private let text: [Unicode.Scalar]
    private var position = 0
    private var depth = 0
    private var groups = 0
    private var names: Set<String> = []
    private var highestReference = 0
    private var referencedNames: Set<String> = []

    private static let depthLimit = 100
    private static let lengthLimit = 10_000

    /// Whether sets are told from single characters, and no more: a Unicode property has hundreds of ranges, and a document may have
    /// thousands of expressions.
    private let isChecking: Bool

    static func parse(_ text: String) throws(PatternError) -> PatternSyntax { try parse(text, isChecking: false) }

    /// Throws for what isn't well-formed.
    static func check(_ text: String) throws(PatternError) { _ = try parse(text, isChecking: true) }

    private static func parse(_ text: String, isChecking: Bool) throws(PatternError) -> PatternSyntax {
        guard text.utf8.count <= lengthLimit else { throw PatternError("a regular expression has at most \(lengthLimit) bytes") }
        var parser = PatternParser(text: Array(text.unicodeScalars), isChecking: isChecking)
        let syntax = try parser.choice()
        guard parser.next == nil else { throw parser.error("there is no group for this to close") }
        guard parser.highestReference <= parser.groups, parser.referencedNames.isSubset(of: parser.names) else {
            throw parser.error("a back-reference names a group that isn't there")
        }
        return syntax
    }

    private init(text: [Unicode.Scalar], isChecking: Bool) {
        self.text = text
        self.isChecking = isChecking
    }

    private var next: Unicode.Scalar? { position < text.count ? text[position] : nil }

    private func error(_ message: String) -> PatternError {
        let shown = String(String.UnicodeScalarView(text.prefix(100)))
        return PatternError("the regular expression \(shown.quoted) is malformed at character \(position + 1): \(message)")
    }

    private mutating func take(_ literal: String) -> Bool {
        let scalars = Array(literal.unicodeScalars)
        guard position + scalars.count <= text.count, text[position..<position + scalars.count].elementsEqual(scalars) else { return false }
        position += scalars.count
        return true
    }

    private mutating func choice() throws(PatternError) -> PatternSyntax {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthLimit else { throw error("groups are nested deeper than \(Self.depthLimit)") }
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(PatternError) -> PatternSyntax {
        var terms: [PatternSyntax] = []
        while let scalar = next, scalar != "|", scalar != ")" { terms.append(try term()) }
        return .sequence(terms)
    }

    private mutating func term() throws(PatternError) -> PatternSyntax {
        if take("^") { return .assertion(.start) }
        if take("$") { return .assertion(.end) }
        if take("\\b") { return .assertion(.wordBoundary) }
        if take("\\B") { return .assertion(.noWordBoundary) }
        let lookarounds = [("(?=", "lookahead"), ("(?!", "lookahead"), ("(?<=", "lookbehind"), ("(?<!", "lookbehind")]
        for (opening, name) in lookarounds where take(opening) {
            _ = try choice()
            guard take(")") else { throw error("the group isn't closed") }
            return .unsupported(name)
        }
        return try quantified(try atom())
    }

    private mutating func atom() throws(PatternError) -> PatternSyntax {
        guard let scalar = next else { throw error("the expression ends too soon") }
        switch scalar {
        case "(": return try group()
        case "[": return .scalars(try characterClass())
        case "\\": return try escape()
        case ".":
            position += 1
            return .scalars(ScalarSet.lineTerminators.complement)
        case "*", "+", "?": throw error("there is nothing to repeat")
        case "]", "{", "}": throw error("a literal \(scalar) is written with a backslash")
        default:
            position += 1
            return .scalars(ScalarSet(scalar.value))
        }
    }

    private mutating func group() throws(PatternError) -> PatternSyntax {
        position += 1
        if take("?<") {
            let name = try self.name()
            guard names.insert(name).inserted else { throw error("two groups have the name \(name)") }
            groups += 1
        } else if !take("?:") {
            guard next != "?" else { throw error("there is no such group") }
            groups += 1
        }
        let content = try choice()
        guard take(")") else { throw error("the group isn't closed") }
        return content
    }

    private mutating func name() throws(PatternError) -> String {
        var name = ""
        while let scalar = next, scalar != ">" {
            let isFitting = scalar == "$" || scalar == "_" || (name.isEmpty ? scalar.properties.isIDStart : scalar.properties.isIDContinue)
            guard isFitting else { throw error("this can't stand in the name of a group") }
            name.unicodeScalars.append(scalar)
            position += 1
        }
        guard !name.isEmpty, take(">") else { throw error("the name of the group is missing") }
        return name
    }

    private mutating func quantified(_ atom: PatternSyntax) throws(PatternError) -> PatternSyntax {
        let (minimum, maximum): (Int, Int?)
        switch next {
        case "*": (minimum, maximum) = (0, nil)
        case "+": (minimum, maximum) = (1, nil)
        case "?": (minimum, maximum) = (0, 1)
        case "{":
            position += 1
            minimum = try count()
            maximum = take(",") ? (next == "}" ? nil : try count()) : minimum
            guard next == "}" else { throw error("a count in braces is {n}, {n,} or {n,m}") }
            guard maximum.map({ $0 >= minimum }) ?? true else { throw error("the counts are in the wrong order") }
        default: return atom
        }
        position += 1
        // Lazy or not is a matter of what is captured, and nothing is.
        _ = take("?")
        return .repetition(atom, minimum: minimum, maximum: maximum)
    }

    /// Saturates: a count beyond what the matcher allows is as good as any other.
    private mutating func count() throws(PatternError) -> Int {
        var value: Int?
        while let digit = next.flatMap({ Self.digit($0, radix: 10) }) {
            value = min((value ?? 0) * 10 + Int(digit), 1_000_000)
            position += 1
        }
        guard let value else { throw error("a count is expected here") }
        return value
    }

    private mutating func escape() throws(PatternError) -> PatternSyntax {
        let start = position
        position += 1
        if let digit = next.flatMap({ Self.digit($0, radix: 10) }), digit > 0 {
            highestReference = max(highestReference, try count())
            return .unsupported("back-reference")
        }
        if take("k<") {
            referencedNames.insert(try name())
            return .unsupported("back-reference")
        }
        position = start
        return .scalars(try escapedSet(inClass: false))
    }

    /// An escape that stands for one character or a set of them, from its backslash on.
    private mutating func escapedSet(inClass: Bool) throws(PatternError) -> ScalarSet {
        position += 1
        guard let scalar = next else { throw error("the expression ends with a backslash") }
        position += 1
        switch scalar {
        case "d": return .digits
        case "D": return ScalarSet.digits.complement
        case "w": return .wordCharacters
        case "W": return ScalarSet.wordCharacters.complement
        case "s": return .spaces
        case "S": return ScalarSet.spaces.complement
        case "p": return try property()
        case "P": return try property().complement
        case "t": return ScalarSet(0x09)
        case "n": return ScalarSet(0x0A)
        case "v": return ScalarSet(0x0B)
        case "f": return ScalarSet(0x0C)
        case "r": return ScalarSet(0x0D)
        case "b" where inClass: return ScalarSet(0x08)
        case "-" where inClass: return ScalarSet(UInt32(UInt8(ascii: "-")))
        case "0":
            if next.flatMap({ Self.digit($0, radix: 10) }) != nil { throw error("there are no octal escapes") }
            return ScalarSet(0)
        case "c":
            guard let letter = next, letter.isASCII, letter.properties.isAlphabetic else { throw error("a letter is expected after \\c") }
            position += 1
            return ScalarSet(letter.value % 32)
        case "x": return ScalarSet(try hexadecimal(digits: 2))
        case "u": return ScalarSet(try codePoint())
        case "^", "$", "\\", ".", "*", "+", "?", "(", ")", "[", "]", "{", "}", "|", "/": return ScalarSet(scalar.value)
        default:
            position -= 1
            throw error("\\\(scalar) is not an escape of ECMA-262")
        }
    }

    private mutating func codePoint() throws(PatternError) -> UInt32 {
        if take("{") {
            var value: UInt32 = 0
            var digits = 0
            while let digit = next.flatMap({ Self.digit($0, radix: 16) }), value <= 0x10FFFF {
                value = value * 16 + digit
                (position, digits) = (position + 1, digits + 1)
            }
            guard digits > 0, value <= 0x10FFFF, take("}") else { throw error("a code point is expected here") }
            return value
        }
        let high = try hexadecimal(digits: 4)
        let afterHigh = position
        if (0xD800..<0xDC00).contains(high), take("\\u"), let low = try? hexadecimal(digits: 4), (0xDC00..<0xE000).contains(low) {
            return 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
        }
        position = afterHigh
        return high
    }

    private mutating func hexadecimal(digits: Int) throws(PatternError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<digits {
            guard let digit = next.flatMap({ Self.digit($0, radix: 16) }) else {
                throw error("\(digits) hexadecimal digits are expected here")
            }
            value = value * 16 + digit
            position += 1
        }
        return value
    }

    private static func digit(_ scalar: Unicode.Scalar, radix: UInt32) -> UInt32? {
        let value: UInt32 =
            switch scalar.value {
            case 48...57: scalar.value - 48
            case 65...70: scalar.value - 55
            case 97...102: scalar.value - 87
            default: 99
            }
        return value < radix ? value : nil
    }

    private mutating func property() throws(PatternError) -> ScalarSet {
        guard take("{") else { throw error("the name of a property is expected here, in braces") }
        var words = [""]
        while let scalar = next, scalar != "}" {
            if scalar == "=" { words.append("") } else { words[words.count - 1].unicodeScalars.append(scalar) }
            position += 1
        }
        guard words.count <= 2, let set = UnicodeProperty.set(name: words[0], value: words.count == 2 ? words[1] : nil) else {
            throw error("\(words.joined(separator: "=")) is not one of the Unicode properties that are supported")
        }
        guard take("}") else { throw error("the name of a property is expected here, in braces") }
        return isChecking ? .everything : set
    }

    private mutating func characterClass() throws(PatternError) -> ScalarSet {
        position += 1
        let isNegated = take("^")
        var ranges: [ClosedRange<UInt32>] = []
        while !take("]") {
            let low = try classAtom()
            guard next == "-", position + 1 < text.count, text[position + 1] != "]" else {
                ranges += low.ranges
                continue
            }
            position += 1
            let high = try classAtom()
            guard let first = low.single, let last = high.single, first <= last else {
                throw error("the range in the class is no range")
            }
            ranges.append(first...last)
        }
        let set = ScalarSet(ranges)
        return isNegated ? set.complement : set
    }

    private mutating func classAtom() throws(PatternError) -> ScalarSet {
        guard let scalar = next else { throw error("the class isn't closed") }
        if scalar == "\\" { return try escapedSet(inClass: true) }
        position += 1
        return ScalarSet(scalar.value)
    }
}

extension ScalarSet {
    /// The one code point that a set consists of.
    fileprivate var single: UInt32? {
        guard ranges.count == 1, let range = ranges.first, range.count == 1 else { return nil }
        return range.lowerBound
    }
}
