/// All ways through a ``PatternMachine`` at once, a character at a time: the time for a character is bounded by the size of the machine.
struct PatternSimulation {
    /// What the character before has been.
    enum Before: Hashable {
        case nothing, word, other
    }

    private let machine: PatternMachine
    private let alphabet: PatternAlphabet
    /// In which round a step was last visited.
    private var visited: [Int]
    private var round = 0
    private var stack: [Int] = []
    /// The steps taken, as a measure of the work done.
    private(set) var work = 0

    init(_ machine: PatternMachine, _ alphabet: PatternAlphabet) {
        self.machine = machine
        self.alphabet = alphabet
        visited = Array(repeating: 0, count: machine.steps.count)
    }

    /// The steps to go on from after a character, or `nil` if a match has ended before it.
    ///
    /// A match may begin anywhere, so the machine's first step is always among those to go on from.
    ///
    /// - Parameters:
    ///   - current: the steps to go on from.
    ///   - next: the class of the character; `nil` at the end of the text.
    mutating func advance(_ current: [Int], _ before: Before, _ next: Int?) -> [Int]? {
        round += 1
        var following = [0]
        stack = current
        let nextIsWord = next.map { alphabet.isWord[$0] } ?? false
        while let step = stack.popLast() {
            guard visited[step] != round else { continue }
            visited[step] = round
            work += 1
            switch machine.steps[step] {
            case .read(let set): if let next, alphabet.members[set][next] { following.append(step + 1) }
            case .fork(let one, let other):
                stack.append(one)
                stack.append(other)
            case .go(let target): stack.append(target)
            case .assert(let assertion):
                let holds =
                    switch assertion {
                    case .start: before == .nothing
                    case .end: next == nil
                    case .wordBoundary: (before == .word) != nextIsWord
                    case .noWordBoundary: (before == .word) == nextIsWord
                    }
                if holds { stack.append(step + 1) }
            case .found: return nil
            }
        }
        return following
    }

    func before(_ next: Int) -> Before { machine.hasWordBoundaries && alphabet.isWord[next] ? .word : .other }
}
