/// The strings that match some patterns and don't match others, as one automaton.
struct PatternProduct {
    /// Code points that all the patterns treat alike.
    private struct Class {
        var ranges: [ClosedRange<UInt32>]

        /// One that a person can read, if there is one.
        var sample: Unicode.Scalar {
            for wanted in [97...122 as ClosedRange<UInt32>, 65...90, 48...57, 32...126, 0xA1...0xD7FF] {
                for range in ranges where range.overlaps(wanted) {
                    if let scalar = Unicode.Scalar(max(range.lowerBound, wanted.lowerBound)) { return scalar }
                }
            }
            return Unicode.Scalar(ranges[0].lowerBound) ?? " "
        }
    }

    private var classes: [Class] = []
    /// By state and class.
    private var moves: [Int32] = []
    private var accepts: [Bool] = []

    private static let stateLimit = 5_000
    private static let moveLimit = 500_000
    /// Characters of a word, and states at all of its places.
    private static let lengthLimit = 100_000
    private static let workLimit = 1_000_000

    /// `nil` if it has too many states.
    init?(_ automata: [(table: PatternTable, alphabet: PatternAlphabet, matches: Bool)]) {
        let signatures = readClasses(automata.map(\.alphabet))
        var states: [[Int32]] = [Array(repeating: 0, count: automata.count)]
        var indexOfState = [states[0]: Int32(0)]
        var current = 0
        while current < states.count {
            let state = states[current]
            current += 1
            accepts.append(
                zip(automata, state).allSatisfy { automaton, state in
                    (state == PatternTable.found || automaton.table.endsMatch[Int(state)]) == automaton.matches
                })
            for signature in signatures {
                let next = automata.indices.map { index in
                    state[index] == PatternTable.found
                        ? PatternTable.found
                        : automata[index].table.moves[Int(state[index]) * automata[index].alphabet.count + signature[index]]
                }
                if let known = indexOfState[next] {
                    moves.append(known)
                } else {
                    guard states.count < Self.stateLimit else { return nil }
                    indexOfState[next] = Int32(states.count)
                    moves.append(Int32(states.count))
                    states.append(next)
                }
            }
            guard moves.count < Self.moveLimit else { return nil }
        }
    }

    /// Sorts the code points; surrogates are none that a string could hold.
    ///
    /// - Returns: for each class, its class in each of the alphabets.
    private mutating func readClasses(_ alphabets: [PatternAlphabet]) -> [[Int]] {
        let starts = Set(alphabets.flatMap(\.starts) + [0, 0xD800, 0xE000]).sorted()
        var signatures: [[Int]] = []
        var indexOfSignature: [[Int]: Int] = [:]
        for (index, start) in starts.enumerated() {
            guard let scalar = Unicode.Scalar(start) else { continue }
            let range = start...(index + 1 < starts.count ? starts[index + 1] - 1 : 0x10FFFF)
            let signature = alphabets.map { $0.classIndex(of: scalar) }
            if let known = indexOfSignature[signature] {
                classes[known].ranges.append(range)
            } else {
                indexOfSignature[signature] = classes.count
                classes.append(Class(ranges: [range]))
                signatures.append(signature)
            }
        }
        return signatures
    }

    /// Some words with so many code points, shortest first; empty only if there are none. `nil` if that would take too much work.
    func words(_ lengths: ClosedRange<Int>) -> [String]? {
        var words: [String] = []
        // By length: the states that words of it lead to, and by which last step.
        var layers: [[Int32: (from: Int32, by: Int)]] = [[0: (from: 0, by: 0)]]
        var lengthOfLayer: [Set<Int32>: Int] = [:]
        var period: (start: Int, length: Int)?
        var work = 0
        var firstFound: Int?
        for length in 0...min(lengths.upperBound, Self.lengthLimit) {
            let layer = layers[length]
            if layer.isEmpty { return words }
            if lengths.contains(length) {
                for state in layer.keys.sorted() where accepts[Int(state)] { words += variants(word(to: state, at: length, layers)) }
                if !words.isEmpty { firstFound = firstFound ?? length }
            }
            if let firstFound, length >= firstFound + 8 || words.count > 400 { return words }
            if period == nil, let before = lengthOfLayer.updateValue(length, forKey: Set(layer.keys)) { period = (before, length - before) }
            // The layers repeat, and a whole round of them is long enough: no longer word can be another one.
            if let period, words.isEmpty, length >= max(lengths.lowerBound, period.start) + period.length { return words }
            var next: [Int32: (from: Int32, by: Int)] = [:]
            for state in layer.keys.sorted() {
                for index in classes.indices {
                    let target = moves[Int(state) * classes.count + index]
                    if next[target] == nil { next[target] = (state, index) }
                }
            }
            work += layer.count * max(1, classes.count)
            guard work < Self.workLimit else { return words.isEmpty ? nil : words }
            layers.append(next)
        }
        return lengths.upperBound <= Self.lengthLimit || !words.isEmpty ? words : nil
    }

    private func word(to end: Int32, at length: Int, _ layers: [[Int32: (from: Int32, by: Int)]]) -> [Int] {
        var word: [Int] = []
        var state = end
        for place in stride(from: length, to: 0, by: -1) {
            guard let step = layers[place][state] else { break }
            word.append(step.by)
            state = step.from
        }
        return word.reversed()
    }

    /// The word in several spellings, which differ at the end.
    private func variants(_ word: [Int]) -> [String] {
        var scalars = word.map { classes[$0].sample }
        func text() -> String {
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars)
            return String(text)
        }
        var variants = [text()]
        guard let last = word.indices.last else { return variants }
        for range in classes[word[last]].ranges.prefix(8) {
            for value in range.prefix(40) where value >= 32 {
                guard let scalar = Unicode.Scalar(value), scalar != scalars[last] else { continue }
                let before = scalars[last]
                scalars[last] = scalar
                variants.append(text())
                scalars[last] = before
                if variants.count >= 40 { return variants }
            }
        }
        return variants
    }

    /// Every word with so many code points, if there are no more than a few hundred.
    func allWords(_ lengths: ClosedRange<Int>) -> [String]? {
        let isHopeful = statesThatLeadOn()
        var words: [String] = []
        var visits = 0
        var open: [(state: Int, word: [Unicode.Scalar])] = [(0, [])]
        while let (state, word) = open.popLast() {
            visits += 1
            guard visits < 5_000, words.count < 500 else { return nil }
            guard isHopeful[state] else { continue }
            if lengths.contains(word.count), accepts[state] {
                var text = String.UnicodeScalarView()
                text.append(contentsOf: word)
                words.append(String(text))
            }
            guard word.count < lengths.upperBound else { continue }
            for index in classes.indices {
                let target = Int(moves[state * classes.count + index])
                guard isHopeful[target] else { continue }
                guard classes[index].ranges.reduce(0, { $0 + $1.count }) <= 64 else { return nil }
                for scalar in classes[index].ranges.joined().compactMap(Unicode.Scalar.init) { open.append((target, word + [scalar])) }
            }
        }
        return words
    }

    private func statesThatLeadOn() -> [Bool] {
        var isHopeful = accepts
        var grows = true
        while grows {
            grows = false
            for state in accepts.indices where !isHopeful[state] {
                let targets = moves[state * classes.count..<(state + 1) * classes.count]
                guard targets.contains(where: { isHopeful[Int($0)] }) else { continue }
                isHopeful[state] = true
                grows = true
            }
        }
        return isHopeful
    }
}
