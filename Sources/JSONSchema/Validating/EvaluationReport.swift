/// What an evaluation tells of its way. Two reports make one evaluator both fast and talkative: for ``Verdict`` all of this compiles away.
protocol EvaluationReport {
    /// Violations are wanted here: the evaluation goes on after one, and takes the time for words.
    var isRecording: Bool { get }
    /// Within, an answer is wanted and no violations: in a `not`, or a branch that need not match.
    mutating func hush()
    mutating func unhush()

    /// - Parameter name: its place in the document.
    mutating func enter(member name: Int)
    mutating func enter(item: Int)
    mutating func leave()

    mutating func record(_ origin: InstructionOrigin, _ message: String)
    /// Of the violations recorded.
    var count: Int { get }
    /// The violations from `count` on, taken out again.
    mutating func takeBack(to count: Int) -> [Violation]
}

/// Yes or no.
struct Verdict: EvaluationReport {
    var isRecording: Bool { false }
    func hush() {}
    func unhush() {}
    func enter(member name: Int) {}
    func enter(item: Int) {}
    func leave() {}
    func record(_ origin: InstructionOrigin, _ message: String) {}
    var count: Int { 0 }
    func takeBack(to count: Int) -> [Violation] { [] }
}

/// Every violation, with its place.
struct Findings: EvaluationReport {
    private enum Token {
        case member(name: Int)
        case item(Int)
    }

    private let document: JSONDocument
    private(set) var violations: [Violation] = []
    private var path: [Token] = []
    private var hushes = 0

    init(in document: JSONDocument) { self.document = document }

    var isRecording: Bool { hushes == 0 && violations.count < Schema.violationLimit }
    mutating func hush() { hushes += 1 }
    mutating func unhush() { hushes -= 1 }
    mutating func enter(member name: Int) { path.append(.member(name: name)) }
    mutating func enter(item: Int) { path.append(.item(item)) }
    mutating func leave() { path.removeLast() }

    mutating func record(_ origin: InstructionOrigin, _ message: String) {
        let place = path.map { token in
            switch token {
            case .member(let name): document.string(at: name)
            case .item(let index): String(index)
            }
        }
        violations.append(
            Violation(instance: JSONPointer(place), schema: origin.pointer, keyword: origin.keyword, message: message))
    }

    var count: Int { violations.count }

    mutating func takeBack(to count: Int) -> [Violation] {
        let taken = Array(violations[count...])
        violations.removeSubrange(count...)
        return taken
    }
}
