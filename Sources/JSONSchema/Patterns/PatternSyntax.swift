/// A regular expression, taken apart.
indirect enum PatternSyntax {
    enum Assertion {
        case start, end, wordBoundary, noWordBoundary
    }

    case scalars(ScalarSet)
    case sequence([PatternSyntax])
    case choice([PatternSyntax])
    /// No `maximum`: without end.
    case repetition(PatternSyntax, minimum: Int, maximum: Int?)
    case assertion(Assertion)
    /// What ECMA-262 has and a matcher that doesn't backtrack hasn't, by name.
    case unsupported(String)
}
