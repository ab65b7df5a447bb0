/// A ``PatternMachine`` whose every move is known beforehand, so that matching is one look-up a character.
struct PatternTable {
    static let found = Int32(-1)
    static let hopeless = Int32(-2)

    /// By state and class: the next state, or ``found``.
    private(set) var moves: [Int32] = []
    /// By state: whether a match ends with the text.
    private(set) var endsMatch: [Bool] = []
    /// By state: whether no text that follows leads anywhere.
    private(set) var isHopeless: [Bool] = []
    /// `moves` for matching: where the row of the next state begins; ``found``, or ``hopeless`` where no text leads anywhere from there.
    private(set) var jumps: [Int32] = []

    private static let stateLimit = 1_000
    private static let workLimit = 2_000_000

    private struct State: Hashable {
        let steps: [Int]
        let before: PatternSimulation.Before
    }

    /// `nil` for a machine that has more states than are worth a table.
    init?(_ machine: PatternMachine, _ alphabet: PatternAlphabet) {
        var simulation = PatternSimulation(machine, alphabet)
        var states = [State(steps: [0], before: .nothing)]
        var indexOfState = [states[0]: Int32(0)]
        var current = 0
        while current < states.count {
            guard simulation.work < Self.workLimit else { return nil }
            let state = states[current]
            for next in 0..<alphabet.count {
                guard let following = simulation.advance(state.steps, state.before, next) else {
                    moves.append(Self.found)
                    continue
                }
                let target = State(steps: Array(Set(following)).sorted(), before: simulation.before(next))
                if let known = indexOfState[target] {
                    moves.append(known)
                } else {
                    guard states.count < Self.stateLimit else { return nil }
                    indexOfState[target] = Int32(states.count)
                    moves.append(Int32(states.count))
                    states.append(target)
                }
            }
            endsMatch.append(simulation.advance(state.steps, state.before, nil) == nil)
            current += 1
        }
        isHopeless = states.indices.map { state in
            !endsMatch[state] && moves[state * alphabet.count..<(state + 1) * alphabet.count].allSatisfy { $0 == Int32(state) }
        }
        jumps = moves.map { next in
            if next == Self.found { return next }
            return isHopeless[Int(next)] ? Self.hopeless : next * Int32(alphabet.count)
        }
    }
}
