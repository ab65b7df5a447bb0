import Synchronization

/// What `\p{…}` may name: the general categories, and the binary properties below. The data is that of Swift's standard library.
enum UnicodeProperty {
    /// What was asked for before: finding a set takes a look at every code point.
    private static let known = Mutex<[String: ScalarSet]>([:])

    /// `nil` for a name that isn't known.
    static func set(name: String, value: String?) -> ScalarSet? {
        let key = value.map { "\(name)=\($0)" } ?? name
        if let set = known.withLock({ $0[key] }) { return set }
        guard let set = find(name: name, value: value) else { return nil }
        known.withLock { $0[key] = set }
        return set
    }

    private static func find(name: String, value: String?) -> ScalarSet? {
        if let value {
            guard name == "General_Category" || name == "gc" else { return nil }
            return category(value)
        }
        if let set = category(name) { return set }
        switch name {
        case "Any": return .everything
        case "ASCII": return ScalarSet([0...0x7F])
        case "Assigned": return category("Cn")?.complement
        default: return binary[name].map { property in scalars { $0[keyPath: property] } }
        }
    }

    private static func category(_ name: String) -> ScalarSet? {
        let wanted = categories.filter { $0.names.contains(name) }.map(\.category)
        let group = groups[name]
        guard !wanted.isEmpty || group != nil else { return nil }
        return ScalarSet(runs.filter { run in wanted.contains(run.category) || group?.contains(run.category) == true }.map(\.range))
    }

    private typealias Category = Unicode.GeneralCategory

    /// Computed when a pattern first asks, since it takes a look at every code point.
    private static let runs: [(category: Category, range: ClosedRange<UInt32>)] = {
        var runs: [(category: Category, range: ClosedRange<UInt32>)] = []
        for value in UInt32(0)...0x10FFFF {
            let category = Unicode.Scalar(value)?.properties.generalCategory ?? .surrogate
            if let last = runs.last, last.category == category {
                runs[runs.count - 1].range = last.range.lowerBound...value
            } else {
                runs.append((category, value...value))
            }
        }
        return runs
    }()

    private static func scalars(where isMeant: (Unicode.Scalar.Properties) -> Bool) -> ScalarSet {
        var ranges: [ClosedRange<UInt32>] = []
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value), isMeant(scalar.properties) else { continue }
            if let last = ranges.last, last.upperBound + 1 == value {
                ranges[ranges.count - 1] = last.lowerBound...value
            } else {
                ranges.append(value...value)
            }
        }
        return ScalarSet(ranges)
    }

    private static let categories: [(category: Category, names: Set<String>)] = [
        (.uppercaseLetter, ["Lu", "Uppercase_Letter"]), (.lowercaseLetter, ["Ll", "Lowercase_Letter"]),
        (.titlecaseLetter, ["Lt", "Titlecase_Letter"]), (.modifierLetter, ["Lm", "Modifier_Letter"]),
        (.otherLetter, ["Lo", "Other_Letter"]), (.nonspacingMark, ["Mn", "Nonspacing_Mark"]),
        (.spacingMark, ["Mc", "Spacing_Mark"]), (.enclosingMark, ["Me", "Enclosing_Mark"]),
        (.decimalNumber, ["Nd", "Decimal_Number", "digit"]), (.letterNumber, ["Nl", "Letter_Number"]),
        (.otherNumber, ["No", "Other_Number"]), (.connectorPunctuation, ["Pc", "Connector_Punctuation"]),
        (.dashPunctuation, ["Pd", "Dash_Punctuation"]), (.openPunctuation, ["Ps", "Open_Punctuation"]),
        (.closePunctuation, ["Pe", "Close_Punctuation"]), (.initialPunctuation, ["Pi", "Initial_Punctuation"]),
        (.finalPunctuation, ["Pf", "Final_Punctuation"]), (.otherPunctuation, ["Po", "Other_Punctuation"]),
        (.mathSymbol, ["Sm", "Math_Symbol"]), (.currencySymbol, ["Sc", "Currency_Symbol"]),
        (.modifierSymbol, ["Sk", "Modifier_Symbol"]), (.otherSymbol, ["So", "Other_Symbol"]),
        (.spaceSeparator, ["Zs", "Space_Separator"]), (.lineSeparator, ["Zl", "Line_Separator"]),
        (.paragraphSeparator, ["Zp", "Paragraph_Separator"]), (.control, ["Cc", "Control", "cntrl"]),
        (.format, ["Cf", "Format"]), (.surrogate, ["Cs", "Surrogate"]), (.privateUse, ["Co", "Private_Use"]),
        (.unassigned, ["Cn", "Unassigned"]),
    ]

    private static let groups: [String: Set<Category>] = {
        let letters: Set<Category> = [.uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter]
        let marks: Set<Category> = [.nonspacingMark, .spacingMark, .enclosingMark]
        let numbers: Set<Category> = [.decimalNumber, .letterNumber, .otherNumber]
        let punctuation: Set<Category> = [
            .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
            .otherPunctuation,
        ]
        let symbols: Set<Category> = [.mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol]
        let separators: Set<Category> = [.spaceSeparator, .lineSeparator, .paragraphSeparator]
        let others: Set<Category> = [.control, .format, .surrogate, .privateUse, .unassigned]
        return [
            "L": letters, "Letter": letters, "M": marks, "Mark": marks, "Combining_Mark": marks, "N": numbers, "Number": numbers,
            "P": punctuation, "Punctuation": punctuation, "punct": punctuation, "S": symbols, "Symbol": symbols,
            "Z": separators, "Separator": separators, "C": others, "Other": others,
            "LC": [.uppercaseLetter, .lowercaseLetter, .titlecaseLetter],
            "Cased_Letter": [.uppercaseLetter, .lowercaseLetter, .titlecaseLetter],
        ]
    }()

    private static var binary: [String: KeyPath<Unicode.Scalar.Properties, Bool>] {
        [
            "Alphabetic": \.isAlphabetic, "Alpha": \.isAlphabetic, "Uppercase": \.isUppercase, "Upper": \.isUppercase,
            "Lowercase": \.isLowercase, "Lower": \.isLowercase, "White_Space": \.isWhitespace, "space": \.isWhitespace,
            "ID_Start": \.isIDStart, "IDS": \.isIDStart, "ID_Continue": \.isIDContinue, "IDC": \.isIDContinue,
            "XID_Start": \.isXIDStart, "XIDS": \.isXIDStart, "XID_Continue": \.isXIDContinue, "XIDC": \.isXIDContinue,
            "Emoji": \.isEmoji, "Emoji_Presentation": \.isEmojiPresentation, "Emoji_Modifier": \.isEmojiModifier,
            "Math": \.isMath, "Hex_Digit": \.isHexDigit, "Hex": \.isHexDigit, "ASCII_Hex_Digit": \.isASCIIHexDigit,
            "AHex": \.isASCIIHexDigit, "Dash": \.isDash, "Ideographic": \.isIdeographic, "Ideo": \.isIdeographic,
        ]
    }
}
