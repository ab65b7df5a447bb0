/// A regular expression as `pattern` means it: ECMA-262 with the flag `u`, found anywhere in the text, over code points.
///
/// An engine of its own, because those at hand backtrack, and a pattern like `^(a+)+$` makes them take exponential time. This one follows
/// all ways at once, so its time is proportional to the text: one look-up a character for nearly all patterns, and for those whose table
/// would have more than a thousand states, at most as many steps a character as the pattern has, ten thousand.
///
/// What differs from ECMA-262:
/// - lookahead, lookbehind and back-references are refused when the schema is compiled: they can't be matched that way;
/// - `\p{…}` knows the general categories and a number of binary properties, not `Script` and `Script_Extensions`;
/// - a pattern has at most 10,000 bytes, and at most 10,000 steps when its counted repetitions are written out.
final class Pattern: Sendable, CustomStringConvertible {
    let description: String
    let text: String
    private let alphabet: PatternAlphabet
    private let matcher: Matcher

    private enum Matcher: Sendable {
        case table(PatternTable)
        case simulation(PatternMachine)
    }

    /// What a match without a table may cost: some tenths of a second.
    private static let workLimit = 10_000_000

    init(_ text: String) throws(PatternError) {
        self.text = text
        description = text.quoted
        let machine = try PatternMachine(try PatternParser.parse(text))
        alphabet = PatternAlphabet(machine.sets, tellsWords: machine.hasWordBoundaries)
        matcher = PatternTable(machine, alphabet).map(Matcher.table) ?? .simulation(machine)
    }

    /// The pattern as an automaton over its classes of characters; `nil` for one that is too large for a table.
    var automaton: (table: PatternTable, alphabet: PatternAlphabet)? {
        guard case .table(let table) = matcher else { return nil }
        return (table, alphabet)
    }

    /// `nil` where it would take too much work to tell.
    func matches(_ text: String) -> Bool? {
        let bytes = Array(text.utf8)
        return matches(bytes, bytes.indices)
    }

    /// - Parameter range: where the text is, in UTF-8.
    func matches(_ text: [UInt8], _ range: Range<Int>) -> Bool? {
        var position = range.lowerBound
        switch matcher {
        case .table(let table):
            var row = 0
            while position < range.upperBound {
                let next = table.jumps[row + nextClass(text, &position)]
                guard next >= 0 else { return next == PatternTable.found }
                row = Int(next)
            }
            return table.endsMatch[row / alphabet.count]
        case .simulation(let machine):
            var simulation = PatternSimulation(machine, alphabet)
            var (steps, before) = ([0], PatternSimulation.Before.nothing)
            while position < range.upperBound {
                let next = nextClass(text, &position)
                guard let following = simulation.advance(steps, before, next) else { return true }
                (steps, before) = (following, simulation.before(next))
                guard simulation.work < Self.workLimit else { return nil }
            }
            return simulation.advance(steps, before, nil) == nil
        }
    }

    /// The class of the code point at `position`, which moves on behind it.
    private func nextClass(_ text: [UInt8], _ position: inout Int) -> Int {
        let first = text[position]
        position += 1
        guard first >= 0x80 else { return alphabet.classIndex(ofASCII: first) }
        let length = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3
        var value = UInt32(first) & (0x3F >> UInt32(length))
        for _ in Indexes(0..<length) {
            value = value << 6 | UInt32(text[position] & 0x3F)
            position += 1
        }
        return alphabet.classIndex(of: value)
    }
}
