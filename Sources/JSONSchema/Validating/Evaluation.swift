/// The values of one document under the schemas of one program.
///
/// Recurses with the nesting of the value and of the schema; ``depthLimit`` bounds the stack, ``workLimit`` the time. Where a limit is
/// reached the value doesn't satisfy the schema, whatever the keyword would make of a branch that failed.
struct Evaluation<Report: EvaluationReport> {
    let program: SchemaProgram
    let document: JSONDocument
    var report: Report
    var marks = EvaluatedMarks()
    var repetition = RepetitionCheck()
    /// The resources entered, outermost first; kept only where a `$dynamicRef` needs them.
    private var scope: [Int32] = []
    private var depth = 0
    private var work = 0
    private var explaining = 0
    /// Schemas applied to values: a thousand for each value, and for a start as many as take some milliseconds; in all, some seconds of
    /// work.
    private let workLimit: Int
    /// What was too much.
    var excess: EvaluationExcess?

    init(_ program: SchemaProgram, _ document: JSONDocument, report: Report) {
        self.program = program
        self.document = document
        self.report = report
        workLimit = min(1_000_000 + 1_000 * document.nodes.count, 100_000_000)
    }

    /// Schemas within one another, at one time: two for each level of a document that is as deep as ``JSONLimits/default`` allows, and
    /// as much as a stack of 512 kB can take.
    private static var depthLimit: Int { 300 }
    /// Whether the whole document is what the program asks for.
    mutating func satisfies() -> Bool {
        let answer = check(program.root, 0)
        guard let excess else { return answer }
        // What was found before may be wrong: a limit that is reached within a `not` looks like a failure.
        _ = report.takeBack(to: 0)
        if report.isRecording { report.record(InstructionOrigin(pointer: JSONPointer(), keyword: ""), excess.rawValue) }
        return false
    }

    /// A value of its own: what is evaluated within it matters to nobody else.
    mutating func check(_ node: SchemaProgram.NodeIndex, _ place: Int) -> Bool {
        var evaluated = EvaluatedChildren()
        return check(node, place, &evaluated, tracking: false)
    }

    /// - Parameters:
    ///   - place: of the value.
    ///   - evaluated: takes up what the schema evaluates; only meaningful if it is satisfied.
    ///   - tracking: whether `evaluated` is needed.
    mutating func check(
        _ index: SchemaProgram.NodeIndex, _ place: Int, _ evaluated: inout EvaluatedChildren, tracking: Bool
    ) -> Bool {
        let node = program.nodes[Int(index)]
        let value = document.nodes[place]
        if node.isContent(with: value.kinds) { return true }
        guard node.kinds.isSuperset(of: value.kinds) else {
            return fail(Int(node.typeInstruction)) { "expected \(node.kinds.wording), found \($0.document.excerpt(place))" }
        }
        depth += 1
        work += 1
        defer { depth -= 1 }
        guard depth <= Self.depthLimit, work <= workLimit, excess == nil else {
            if excess == nil { excess = depth > Self.depthLimit ? .depth : .work }
            return false
        }
        guard program.needsDynamicScope, scope.last != node.resource else {
            return check(node, value, place, &evaluated, tracking)
        }
        scope.append(node.resource)
        defer { scope.removeLast() }
        return check(node, value, place, &evaluated, tracking)
    }

    private mutating func check(
        _ node: SchemaNode, _ value: JSONNode, _ place: Int, _ evaluated: inout EvaluatedChildren, _ tracking: Bool
    ) -> Bool {
        guard node.tracksEvaluation else { return checkAll(node, value, place, &evaluated, tracking) }
        // What the schemas around have evaluated is not for this one's `unevaluated…` to know.
        var own = EvaluatedChildren()
        let before = marks.count
        let answer = checkAll(node, value, place, &own, true)
        if tracking { marks.formUnion(&evaluated, own, of: value.count) } else { marks.drop(to: before) }
        return answer
    }

    private mutating func checkAll(
        _ node: SchemaNode, _ value: JSONNode, _ place: Int, _ evaluated: inout EvaluatedChildren, _ tracking: Bool
    ) -> Bool {
        var answer = true
        for index in Indexes(node.common) {
            guard !checkCommon(index, place, &evaluated, tracking) else { continue }
            answer = false
            guard report.isRecording else { return false }
        }
        switch value.form {
        case .null, .bool: break
        case .integer, .decimal, .largeNumber:
            for index in Indexes(node.number) {
                guard !check(index, number: value) else { continue }
                answer = false
                guard report.isRecording else { return false }
            }
        case .text:
            for index in Indexes(node.string) {
                guard !check(index, text: place) else { continue }
                answer = false
                guard report.isRecording else { return false }
            }
        case .array:
            for index in Indexes(node.array) {
                guard !check(index, array: place, &evaluated) else { continue }
                answer = false
                guard report.isRecording else { return false }
            }
        case .object:
            for index in Indexes(node.object) {
                guard !check(index, object: place, &evaluated, tracking) else { continue }
                answer = false
                guard report.isRecording else { return false }
            }
        }
        return answer
    }

    private mutating func checkCommon(
        _ index: Int, _ place: Int, _ evaluated: inout EvaluatedChildren, _ tracking: Bool
    ) -> Bool {
        switch program.instructions[index] {
        case .never: return fail(index) { "expected nothing here, found \($0.document.excerpt(place))" }
        case .const(let constant):
            if program.isConstant(Int(constant), document, place) { return true }
            return fail(index) { "expected \($0.program.values[Int(constant)].excerpt), found \($0.document.excerpt(place))" }
        case .oneOfValues(let range):
            for constant in Indexes(range) where program.isConstant(constant, document, place) { return true }
            return fail(index) { "expected \($0.program.wording(range)), found \($0.document.excerpt(place))" }
        case .oneOfTexts(let table, let range):
            let value = document.nodes[place]
            if value.form == .text, program.textTables[Int(table)].position(of: document.text, value.bytes) >= 0 { return true }
            return fail(index) { "expected \($0.program.wording(range)), found \($0.document.excerpt(place))" }
        case .ref(let target): return check(target, place, &evaluated, tracking: tracking)
        case .dynamicRef(let anchor):
            return check(target(of: program.dynamicAnchors[Int(anchor)]), place, &evaluated, tracking: tracking)
        case .allOf(let branches):
            var answer = true
            for branch in Indexes(branches) where !check(program.branches[branch], place, &evaluated, tracking: tracking) {
                answer = false
                guard report.isRecording else { return false }
            }
            return answer
        case .anyOf(let branches):
            if matches(branches, place, &evaluated, tracking, enough: 1) > 0 { return true }
            let reasons = reasons(branches, place)
            return fail(index) { _ in "expected at least one of \(branches.count) alternatives to hold\(reasons)" }
        case .oneOf(let branches):
            switch matches(branches, place, &evaluated, tracking, enough: 2) {
            case 1: return true
            case 0:
                let reasons = reasons(branches, place)
                return fail(index) { _ in "expected one of \(branches.count) alternatives to hold\(reasons)" }
            default: return fail(index) { _ in "expected exactly one of \(branches.count) alternatives to hold, found several that do" }
            }
        case .not(let branch):
            if !holds(branch, place) { return true }
            return fail(index) { "expected anything but what the schema under \"not\" describes, found \($0.document.excerpt(place))" }
        case .conditional(let condition, let then, let otherwise):
            var own = EvaluatedChildren()
            report.hush()
            let holds = check(condition, place, &own, tracking: tracking)
            report.unhush()
            if holds, tracking { marks.formUnion(&evaluated, own, of: document.nodes[place].count) }
            let branch = holds ? then : otherwise
            return branch < 0 || check(branch, place, &evaluated, tracking: tracking)
        default: return true
        }
    }

    /// How many branches hold; stops counting at `enough`, unless all must be looked at for what they evaluate.
    private mutating func matches(
        _ branches: Range<Int32>, _ place: Int, _ evaluated: inout EvaluatedChildren, _ tracking: Bool, enough: Int
    ) -> Int {
        report.hush()
        defer { report.unhush() }
        var count = 0
        for branch in Indexes(branches) {
            var own = EvaluatedChildren()
            guard check(program.branches[branch], place, &own, tracking: tracking) else { continue }
            count += 1
            if tracking { marks.formUnion(&evaluated, own, of: document.nodes[place].count) } else if count >= enough { break }
        }
        return count
    }

    /// For each of the first branches, the first violation.
    private mutating func reasons(_ branches: Range<Int32>, _ place: Int) -> String {
        // Alternatives within alternatives within alternatives would double the work with each level, and nobody would read it.
        guard report.isRecording, explaining < 2 else { return "" }
        explaining += 1
        defer { explaining -= 1 }
        var text = ""
        for (number, branch) in branches.prefix(8).enumerated() {
            let before = report.count
            _ = check(program.branches[Int(branch)], place)
            guard let first = report.takeBack(to: before).first else { continue }
            text += "; not \(number + 1), because \(first)"
        }
        return text
    }

    mutating func holds(_ node: SchemaProgram.NodeIndex, _ place: Int) -> Bool {
        report.hush()
        defer { report.unhush() }
        return check(node, place)
    }

    /// The outermost schema in the dynamic scope that bears the anchor.
    private func target(of anchor: DynamicAnchor) -> SchemaProgram.NodeIndex {
        for index in Indexes(scope.indices) {
            for candidate in Indexes(anchor.nodes.indices) where anchor.nodes[candidate].resource == scope[index] {
                return anchor.nodes[candidate].node
            }
        }
        return anchor.fallback
    }

    /// Always false. The words are only found for a report that wants them.
    mutating func fail(_ instruction: Int, _ message: (borrowing Evaluation) -> String) -> Bool {
        if report.isRecording {
            let message = message(self)
            report.record(program.origins[instruction], message)
        }
        return false
    }
}
