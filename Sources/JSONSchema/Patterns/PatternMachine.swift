/// A regular expression as steps between which a match moves: Thompson's construction.
struct PatternMachine {
    enum Step {
        /// Reads a character of the set.
        case read(set: Int)
        case fork(Int, Int)
        case go(Int)
        case assert(PatternSyntax.Assertion)
        case found
    }

    private(set) var steps: [Step] = []
    private(set) var sets: [ScalarSet] = []
    private(set) var hasWordBoundaries = false
    private var setIndex: [ScalarSet: Int] = [:]
    private var additions = 0

    private static let stepLimit = 10_000
    private static let tooLarge = PatternError(
        "the regular expression is too large: with its repetitions written out it may have \(stepLimit) steps")

    init(_ syntax: PatternSyntax) throws(PatternError) {
        try add(syntax)
        try append(.found)
    }

    private mutating func append(_ step: Step) throws(PatternError) {
        guard steps.count < Self.stepLimit else { throw Self.tooLarge }
        steps.append(step)
    }

    private mutating func add(_ syntax: PatternSyntax) throws(PatternError) {
        // Repeating what adds no step is work, too.
        additions += 1
        guard additions < Self.stepLimit * 10 else { throw Self.tooLarge }
        switch syntax {
        case .scalars(let set):
            let index = setIndex[set] ?? sets.count
            if index == sets.count {
                sets.append(set)
                setIndex[set] = index
            }
            try append(.read(set: index))
        case .sequence(let terms): for term in terms { try add(term) }
        case .choice(let branches):
            var ends: [Int] = []
            for (number, branch) in branches.enumerated() {
                guard number < branches.count - 1 else {
                    try add(branch)
                    break
                }
                let fork = steps.count
                try append(.fork(fork + 1, 0))
                try add(branch)
                ends.append(steps.count)
                try append(.go(0))
                steps[fork] = .fork(fork + 1, steps.count)
            }
            for end in ends { steps[end] = .go(steps.count) }
        case .repetition(let content, let minimum, let maximum):
            for _ in 0..<minimum { try add(content) }
            guard let maximum else {
                let fork = steps.count
                try append(.fork(fork + 1, 0))
                try add(content)
                try append(.go(fork))
                steps[fork] = .fork(fork + 1, steps.count)
                return
            }
            var forks: [Int] = []
            for _ in minimum..<maximum {
                forks.append(steps.count)
                try append(.fork(steps.count + 1, 0))
                try add(content)
            }
            for fork in forks { steps[fork] = .fork(fork + 1, steps.count) }
        case .assertion(let assertion):
            if assertion == .wordBoundary || assertion == .noWordBoundary { hasWordBoundaries = true }
            try append(.assert(assertion))
        case .unsupported(let name):
            throw PatternError("the regular expression has a \(name), which is not supported: patterns are matched without backtracking")
        }
    }
}
