/// Why a regular expression can't be used.
struct PatternError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
