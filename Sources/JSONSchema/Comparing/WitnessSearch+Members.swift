extension WitnessSearch {
    /// What an instruction for objects asks for. Where it is denied the value is known to be an object.
    func applyToMembers(
        _ instruction: SchemaInstruction, _ side: ComparedSide, _ holds: Bool, _ trackers: [Int], _ branch: inout SearchBranch
    ) {
        let program = program(side)
        switch instruction {
        case .minProperties(let limit):
            if holds {
                branch.objects.minimum = max(branch.objects.minimum, limit)
            } else {
                branch.objects.maximum = min(branch.objects.maximum, limit - 1)
            }
        case .maxProperties(let limit):
            if holds {
                branch.objects.maximum = min(branch.objects.maximum, limit)
            } else {
                branch.objects.minimum = max(branch.objects.minimum, limit == .max ? .max : limit + 1)
            }
        case .required(let range):
            let names = range.map { program.texts[Int($0)] }
            if holds { branch.pending += names.map(SearchDemand.present) } else { branch.choices.append(names.map { [.absent($0)] }) }
        case .members(let index):
            let table = program.memberTables[Int(index)]
            if holds { require(table, side, trackers, &branch) } else { branch.choices.append(violations(of: table, side)) }
        case .propertyNames(let node):
            let literal = SchemaLiteral(side: side, node: node, holds: holds)
            if holds { branch.objects.names.append(literal) } else { branch.objects.some.append(MemberExistence(nameLiterals: [literal])) }
        case .dependentRequired(let range):
            let dependencies = program.dependencies[Int(range.lowerBound)..<Int(range.upperBound)]
            guard holds else {
                branch.choices.append(
                    dependencies.flatMap { dependency in
                        dependency.required.map { [.present(dependency.member), .absent($0)] }
                    })
                return
            }
            for dependency in dependencies {
                let demands = [SearchDemand.kinds(.object), .present(dependency.member)] + dependency.required.map(SearchDemand.present)
                branch.choices.append([[.absent(dependency.member)], demands])
            }
        case .dependentSchemas(let range):
            let dependencies = program.dependencies[Int(range.lowerBound)..<Int(range.upperBound)].compactMap { dependency in
                dependency.node.map { (dependency.member, SchemaLiteral(side: side, node: $0, holds: holds)) }
            }
            guard holds else {
                branch.choices.append(dependencies.map { [.present($0.0), .schema($0.1, trackers: [])] })
                return
            }
            for (member, literal) in dependencies {
                branch.choices.append(
                    [[.absent(member)], [.kinds(.object), .present(member), .schema(literal, trackers: trackers)]])
            }
        case .unevaluatedProperties, .noUnevaluatedProperties:
            guard holds else {
                branch.doubts.append("a violation of unevaluatedProperties can't be looked for")
                return
            }
            // The innermost tracker is the schema's own; those around it see all members evaluated.
            if case .unevaluatedProperties = instruction {
                for index in trackers.dropLast() { branch.trackers[index].evaluatesAll = true }
            }
        default: break
        }
    }

    private func require(_ table: MemberTable, _ side: ComparedSide, _ trackers: [Int], _ branch: inout SearchBranch) {
        let shape = shape(of: table, side)
        branch.objects.shapes.append(shape)
        for position in 0..<64 where table.required & 1 << UInt64(position) != 0 {
            branch.objects.require(ExactText(table.properties.text(position)))
        }
        for index in trackers {
            branch.trackers[index].names.formUnion(shape.names.keys)
            branch.trackers[index].patterns.formUnion(shape.patterns.map(\.text))
            if case .schema = table.additional { branch.trackers[index].evaluatesAll = true }
        }
    }

    private func shape(of table: MemberTable, _ side: ComparedSide) -> MemberShape {
        var shape = MemberShape()
        for (position, node) in table.nodes.enumerated() {
            shape.names[ExactText(table.properties.text(position))] = .some(SchemaLiteral(side: side, node: node, holds: true))
        }
        shape.patterns = table.patterns.map { pattern, node in
            (ExactText(program(side).patterns[Int(pattern)].text), SchemaLiteral(side: side, node: node, holds: true))
        }
        switch table.additional {
        case .absent: break
        case .closed: shape.rest = .nothing
        case .schema(let node): shape.rest = .schema(SchemaLiteral(side: side, node: node, holds: true))
        }
        return shape
    }

    private func violations(of table: MemberTable, _ side: ComparedSide) -> [[SearchDemand]] {
        var ways: [[SearchDemand]] = []
        for position in 0..<64 where table.required & 1 << UInt64(position) != 0 {
            ways.append([.absent(table.properties.text(position))])
        }
        for (position, node) in table.nodes.enumerated() {
            ways.append([.member(table.properties.text(position), SchemaLiteral(side: side, node: node, holds: false))])
        }
        for (pattern, node) in table.patterns {
            let text = ExactText(program(side).patterns[Int(pattern)].text)
            ways.append([.someMember(MemberExistence(patterns: [text], literals: [SchemaLiteral(side: side, node: node, holds: false)]))])
        }
        switch table.additional {
        case .absent: break
        case .closed: ways.append([.someMember(MemberExistence(outsides: [shape(of: table, side)]))])
        case .schema(let node):
            let literal = SchemaLiteral(side: side, node: node, holds: false)
            ways.append([.someMember(MemberExistence(outsides: [shape(of: table, side)], literals: [literal]))])
        }
        return ways
    }
}
