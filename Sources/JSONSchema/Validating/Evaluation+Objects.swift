extension Evaluation {
    mutating func check(_ index: Int, object place: Int, _ evaluated: inout EvaluatedChildren, _ tracking: Bool) -> Bool {
        let count = document.nodes[place].count
        switch program.instructions[index] {
        case .members(let table): return check(program.memberTables[Int(table)], place, &evaluated, tracking)
        case .required(let names):
            var answer = true
            for name in Indexes(names) where !document.has(program.texts[name], in: place) {
                answer = fail(index) { "the member \($0.program.texts[name].quoted) is missing" }
                guard report.isRecording else { return false }
            }
            return answer
        case .minProperties(let limit):
            return count >= limit || fail(index) { _ in "expected at least \(limit.counted("member")), found \(count)" }
        case .maxProperties(let limit):
            return count <= limit || fail(index) { _ in "expected at most \(limit.counted("member")), found \(count)" }
        case .propertyNames(let node):
            return check(membersOf: place, where: { _, _ in true }) { evaluation, name in evaluation.check(node, name) }
        case .dependentRequired(let dependencies):
            var answer = true
            for dependency in Indexes(dependencies) {
                let dependency = program.dependencies[dependency]
                guard document.has(dependency.member, in: place) else { continue }
                for name in Indexes(dependency.required.indices) where !document.has(dependency.required[name], in: place) {
                    answer = fail(index) { _ in
                        "the member \(dependency.required[name].quoted) is missing, which \(dependency.member.quoted) asks for"
                    }
                    guard report.isRecording else { return false }
                }
            }
            return answer
        case .dependentSchemas(let dependencies):
            var answer = true
            for dependency in Indexes(dependencies) {
                let dependency = program.dependencies[dependency]
                guard let node = dependency.node, document.has(dependency.member, in: place) else { continue }
                guard !check(node, place, &evaluated, tracking: tracking) else { continue }
                answer = false
                guard report.isRecording else { return false }
            }
            return answer
        case .unevaluatedProperties(let node):
            let before = evaluated
            evaluated.insertAll()
            return check(membersOf: place, where: { !$0.marks.contains($1, in: before) }) { evaluation, name in
                evaluation.check(node, name + 1)
            }
        case .noUnevaluatedProperties:
            let before = evaluated
            return check(membersOf: place, where: { !$0.marks.contains($1, in: before) }) { evaluation, name in
                evaluation.fail(index) { "the member \($0.document.string(at: name).quoted) is not declared" }
            }
        default: return true
        }
    }

    private mutating func check(
        _ table: MemberTable, _ object: Int, _ evaluated: inout EvaluatedChildren, _ tracking: Bool
    ) -> Bool {
        var answer = true
        var missing = table.required
        var (name, position) = (object + 1, 0)
        let (end, count) = (Int(document.nodes[object].end), document.nodes[object].count)
        while name < end {
            report.enter(member: name)
            defer { report.leave() }
            let bytes = document.nodes[name].bytes
            var isDeclared = false
            let property = table.properties.position(of: document.text, bytes)
            if property >= 0 {
                isDeclared = true
                if property < 64 { missing &= ~(1 << UInt64(property)) }
                answer = check(table.nodes[property], name + 1) && answer
            }
            for index in Indexes(table.patterns.indices) where matches(table.patterns[index].pattern, bytes) {
                isDeclared = true
                answer = check(table.patterns[index].node, name + 1) && answer
            }
            if !isDeclared {
                switch table.additional {
                case .absent: break
                case .closed:
                    answer = fail(Int(table.additionalInstruction)) { "the member \($0.document.string(at: name).quoted) is not declared" }
                case .schema(let node):
                    isDeclared = true
                    answer = check(node, name + 1) && answer
                }
            }
            if tracking, isDeclared { marks.insert(position, of: count, into: &evaluated) }
            guard answer || report.isRecording else { return false }
            name = Int(document.nodes[name + 1].end)
            position += 1
        }
        guard missing != 0 else { return answer }
        for position in 0..<64 where missing & 1 << UInt64(position) != 0 {
            guard report.isRecording else { break }
            _ = fail(Int(table.requiredInstruction)) { _ in "the member \(table.properties.text(position).quoted) is missing" }
        }
        return false
    }

    /// Each member that is meant, at its place in the document.
    ///
    /// - Parameters:
    ///   - isMeant: by its position among the members.
    ///   - body: by the place of its name.
    private mutating func check(
        membersOf object: Int, where isMeant: (borrowing Evaluation, Int) -> Bool, _ body: (inout Evaluation, Int) -> Bool
    ) -> Bool {
        var answer = true
        var (name, position) = (object + 1, 0)
        let end = Int(document.nodes[object].end)
        while name < end {
            if isMeant(self, position) {
                report.enter(member: name)
                defer { report.leave() }
                if !body(&self, name) {
                    answer = false
                    guard report.isRecording else { return false }
                }
            }
            name = Int(document.nodes[name + 1].end)
            position += 1
        }
        return answer
    }
}
