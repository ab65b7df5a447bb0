extension Evaluation {
    /// - Parameter value: the object, as a value.
    mutating func check(
        _ index: Int32, _ value: JSONValue, _ object: JSONObject, _ evaluated: inout EvaluatedChildren, _ tracking: Bool
    ) -> Bool {
        let program = program
        switch program.instructions[Int(index)] {
        case .members(let table): return check(program.memberTables[Int(table)], object, &evaluated, tracking)
        case .required(let names):
            var answer = true
            for name in names where object.place(of: program.texts[Int(name)]) == nil {
                answer = fail(index, "the member \(program.texts[Int(name)].quoted) is missing")
                guard report.isRecording else { return false }
            }
            return answer
        case .minProperties(let limit): return object.count >= limit || fail(index, "expected at least \(limit.counted("member")), found \(object.count)")
        case .maxProperties(let limit): return object.count <= limit || fail(index, "expected at most \(limit.counted("member")), found \(object.count)")
        case .propertyNames(let node):
            return check(object, where: { _ in true }) { evaluation, place in
                evaluation.check(node, .string(object.members[place].key))
            }
        case .dependentRequired(let dependencies):
            var answer = true
            for dependency in dependencies {
                let dependency = program.dependencies[Int(dependency)]
                guard object.place(of: dependency.member) != nil else { continue }
                for name in dependency.required where object.place(of: name) == nil {
                    answer = fail(index, "the member \(name.quoted) is missing, which \(dependency.member.quoted) asks for")
                    guard report.isRecording else { return false }
                }
            }
            return answer
        case .dependentSchemas(let dependencies):
            var answer = true
            for dependency in dependencies {
                let dependency = program.dependencies[Int(dependency)]
                guard let node = dependency.node, object.place(of: dependency.member) != nil else { continue }
                guard !check(node, value, &evaluated, tracking: tracking) else { continue }
                answer = false
                guard report.isRecording else { return false }
            }
            return answer
        case .unevaluatedProperties(let node):
            let before = evaluated
            evaluated.insertAll()
            return check(object, where: { !before.contains($0) }) { evaluation, place in
                evaluation.check(node, object.members[place].value)
            }
        case .noUnevaluatedProperties:
            let before = evaluated
            return check(object, where: { !before.contains($0) }) { evaluation, place in
                evaluation.fail(index, "the member \(object.members[place].key.quoted) is not declared")
            }
        default: return true
        }
    }

    private mutating func check(
        _ table: MemberTable, _ object: JSONObject, _ evaluated: inout EvaluatedChildren, _ tracking: Bool
    ) -> Bool {
        var answer = true
        var missing = table.required
        for place in object.members.indices {
            let (name, member) = object.members[place]
            report.enter(member: name)
            defer { report.leave() }
            var isDeclared = false
            if let position = table.properties.position(of: name) {
                isDeclared = true
                if position < 64 { missing &= ~(1 << UInt64(position)) }
                answer = check(table.nodes[position], member) && answer
            }
            for (pattern, node) in table.patterns where matches(pattern, name) {
                isDeclared = true
                answer = check(node, member) && answer
            }
            if !isDeclared {
                switch table.additional {
                case .absent: break
                case .closed: answer = fail(table.additionalInstruction, "the member \(name.quoted) is not declared")
                case .schema(let node):
                    isDeclared = true
                    answer = check(node, member) && answer
                }
            }
            if tracking, isDeclared { evaluated.insert(place) }
            guard answer || report.isRecording else { return false }
        }
        guard missing != 0 else { return answer }
        for position in 0..<64 where missing & 1 << UInt64(position) != 0 {
            guard report.isRecording else { break }
            _ = fail(table.requiredInstruction, "the member \(table.properties.text(position).quoted) is missing")
        }
        return false
    }

    /// Each member that is meant, at its place in the document.
    private mutating func check(
        _ object: JSONObject, where isMeant: (Int) -> Bool, _ body: (inout Evaluation, Int) -> Bool
    ) -> Bool {
        var answer = true
        for place in object.members.indices where isMeant(place) {
            report.enter(member: object.members[place].key)
            defer { report.leave() }
            guard !body(&self, place) else { continue }
            answer = false
            guard report.isRecording else { return false }
        }
        return answer
    }
}
