/// One value under one schema.
///
/// Recurses with the nesting of the value and of the schema; ``depthLimit`` bounds the stack, ``workLimit`` the time. Where a limit is
/// reached the value doesn't satisfy the schema, whatever the keyword would make of a branch that failed.
struct Evaluation<Report: EvaluationReport> {
    let program: SchemaProgram
    var report: Report
    /// The resources entered, outermost first; kept only where a `$dynamicRef` needs them.
    private var scope: [Int32] = []
    private var depth = 0
    private var work = 0
    private var explaining = 0
    /// What was too much.
    var excess: EvaluationExcess?

    init(_ program: SchemaProgram, report: Report) {
        self.program = program
        self.report = report
    }

    /// Schemas within one another, at one time: three for each level of a document that is as deep as ``JSONLimits/default`` allows, and
    /// as much as a stack of 512 kB can take.
    private static var depthLimit: Int { 400 }
    /// Schemas applied to values: some seconds of work.
    private static var workLimit: Int { 100_000_000 }

    mutating func satisfies(_ value: JSONValue) -> Bool {
        var evaluated = EvaluatedChildren()
        let answer = check(program.root, value, &evaluated, tracking: false)
        guard let excess else { return answer }
        // What was found before may be wrong: a limit that is reached within a `not` looks like a failure.
        _ = report.takeBack(to: 0)
        if report.isRecording { report.record(InstructionOrigin(pointer: JSONPointer(), keyword: ""), excess.rawValue) }
        return false
    }

    /// A value of its own: what is evaluated within it matters to nobody else.
    mutating func check(_ node: SchemaProgram.NodeIndex, _ value: JSONValue) -> Bool {
        var evaluated = EvaluatedChildren()
        return check(node, value, &evaluated, tracking: false)
    }

    /// - Parameters:
    ///   - evaluated: takes up what the schema evaluates; only meaningful if it is satisfied.
    ///   - tracking: whether `evaluated` is needed.
    mutating func check(
        _ index: SchemaProgram.NodeIndex, _ value: JSONValue, _ evaluated: inout EvaluatedChildren, tracking: Bool
    ) -> Bool {
        depth += 1
        work += 1
        defer { depth -= 1 }
        guard depth <= Self.depthLimit, work <= Self.workLimit, excess == nil else {
            if excess == nil { excess = depth > Self.depthLimit ? .depth : .work }
            return false
        }
        let node = program.nodes[Int(index)]
        guard program.needsDynamicScope, scope.last != node.resource else {
            return check(node, value, &evaluated, tracking: tracking)
        }
        scope.append(node.resource)
        defer { scope.removeLast() }
        return check(node, value, &evaluated, tracking: tracking)
    }

    private mutating func check(
        _ node: SchemaNode, _ value: JSONValue, _ evaluated: inout EvaluatedChildren, tracking: Bool
    ) -> Bool {
        if node.kinds != .all, !node.kinds.contains(.of(value)) {
            return fail(node.typeInstruction, "expected \(node.kinds.wording), found \(value.excerpt)")
        }
        guard node.tracksEvaluation else { return checkAll(node, value, &evaluated, tracking: tracking) }
        // What the schemas around have evaluated is not for this one's `unevaluated…` to know.
        var own = EvaluatedChildren()
        let answer = checkAll(node, value, &own, tracking: true)
        if tracking { evaluated.formUnion(own) }
        return answer
    }

    private mutating func checkAll(
        _ node: SchemaNode, _ value: JSONValue, _ evaluated: inout EvaluatedChildren, tracking: Bool
    ) -> Bool {
        var answer = true
        for index in node.common {
            guard !checkCommon(index, value, &evaluated, tracking) else { continue }
            answer = false
            guard report.isRecording else { return false }
        }
        switch value {
        case .null, .bool: break
        case .number(let number):
            for index in node.number {
                guard !check(index, number) else { continue }
                answer = false
                guard report.isRecording else { return false }
            }
        case .string(let text):
            for index in node.string {
                guard !check(index, text) else { continue }
                answer = false
                guard report.isRecording else { return false }
            }
        case .array(let items):
            for index in node.array {
                guard !check(index, items, &evaluated) else { continue }
                answer = false
                guard report.isRecording else { return false }
            }
        case .object(let object):
            for index in node.object {
                guard !check(index, value, object, &evaluated, tracking) else { continue }
                answer = false
                guard report.isRecording else { return false }
            }
        }
        return answer
    }

    private mutating func checkCommon(
        _ index: Int32, _ value: JSONValue, _ evaluated: inout EvaluatedChildren, _ tracking: Bool
    ) -> Bool {
        let program = program
        switch program.instructions[Int(index)] {
        case .never: return fail(index, "expected nothing here, found \(value.excerpt)")
        case .const(let constant):
            if program.values[Int(constant)] == value { return true }
            return fail(index, "expected \(program.values[Int(constant)].excerpt), found \(value.excerpt)")
        case .oneOfValues(let range):
            for alternative in range where program.values[Int(alternative)] == value { return true }
            return fail(index, "expected \(program.wording(range)), found \(value.excerpt)")
        case .oneOfTexts(let table, let range):
            if case .string(let text) = value, program.textTables[Int(table)].position(of: text) != nil { return true }
            return fail(index, "expected \(program.wording(range)), found \(value.excerpt)")
        case .ref(let target): return check(target, value, &evaluated, tracking: tracking)
        case .dynamicRef(let anchor): return check(target(of: program.dynamicAnchors[Int(anchor)]), value, &evaluated, tracking: tracking)
        case .allOf(let branches):
            var answer = true
            for branch in branches where !check(program.branches[Int(branch)], value, &evaluated, tracking: tracking) {
                answer = false
                guard report.isRecording else { return false }
            }
            return answer
        case .anyOf(let branches):
            if matches(branches, value, &evaluated, tracking, enough: 1) > 0 { return true }
            let reasons = reasons(branches, value)
            return fail(index, "expected at least one of \(branches.count) alternatives to hold\(reasons)")
        case .oneOf(let branches):
            switch matches(branches, value, &evaluated, tracking, enough: 2) {
            case 1: return true
            case 0:
                let reasons = reasons(branches, value)
                return fail(index, "expected one of \(branches.count) alternatives to hold\(reasons)")
            default: return fail(index, "expected exactly one of \(branches.count) alternatives to hold, found several that do")
            }
        case .not(let branch):
            if !holds(branch, value) { return true }
            return fail(index, "expected anything but what the schema under \"not\" describes, found \(value.excerpt)")
        case .conditional(let condition, let then, let otherwise):
            var own = EvaluatedChildren()
            report.hush()
            let holds = check(condition, value, &own, tracking: tracking)
            report.unhush()
            if holds, tracking { evaluated.formUnion(own) }
            let branch = holds ? then : otherwise
            return branch < 0 || check(branch, value, &evaluated, tracking: tracking)
        default: return true
        }
    }

    /// How many branches hold; stops counting at `enough`, unless all must be looked at for what they evaluate.
    private mutating func matches(
        _ branches: Range<Int32>, _ value: JSONValue, _ evaluated: inout EvaluatedChildren, _ tracking: Bool, enough: Int
    ) -> Int {
        report.hush()
        defer { report.unhush() }
        var count = 0
        for branch in branches {
            var own = EvaluatedChildren()
            guard check(program.branches[Int(branch)], value, &own, tracking: tracking) else { continue }
            count += 1
            if tracking { evaluated.formUnion(own) } else if count >= enough { break }
        }
        return count
    }

    /// For each of the first branches, the first violation.
    private mutating func reasons(_ branches: Range<Int32>, _ value: JSONValue) -> String {
        // Alternatives within alternatives within alternatives would double the work with each level, and nobody would read it.
        guard report.isRecording, explaining < 2 else { return "" }
        explaining += 1
        defer { explaining -= 1 }
        var text = ""
        for (number, branch) in branches.prefix(8).enumerated() {
            let before = report.count
            _ = check(program.branches[Int(branch)], value)
            guard let first = report.takeBack(to: before).first else { continue }
            text += "; not \(number + 1), because \(first)"
        }
        return text
    }

    mutating func holds(_ node: SchemaProgram.NodeIndex, _ value: JSONValue) -> Bool {
        report.hush()
        defer { report.unhush() }
        return check(node, value)
    }

    /// The outermost schema in the dynamic scope that bears the anchor.
    private func target(of anchor: DynamicAnchor) -> SchemaProgram.NodeIndex {
        for resource in scope {
            for (candidate, node) in anchor.nodes where candidate == resource { return node }
        }
        return anchor.fallback
    }

    /// Always false. The words are only found for a report that wants them.
    mutating func fail(_ instruction: Int32, _ message: @autoclosure () -> String) -> Bool {
        if report.isRecording { report.record(program.origins[Int(instruction)], message()) }
        return false
    }
}
