extension WitnessSearch {
    /// Takes all that is pending apart. False if it contradicts what is known.
    func settle(_ branch: inout SearchBranch) -> Bool {
        while let demand = branch.pending.popLast() {
            guard apply(demand, &branch), !branch.kinds.isEmpty else { return false }
        }
        return true
    }

    private func apply(_ demand: SearchDemand, _ branch: inout SearchBranch) -> Bool {
        switch demand {
        case .kinds(let kinds): branch.kinds.formIntersection(kinds)
        case .schema(let literal, let trackers): return apply(literal, trackers, &branch)
        case .instruction(let side, let index, let holds, let trackers):
            return apply(program(side).instructions[Int(index)], side, holds, trackers, &branch)
        case .present(let name): branch.objects.require(ExactText(name))
        case .absent(let name): branch.objects.forbid(ExactText(name))
        case .member(let name, let literal):
            branch.objects.require(ExactText(name))
            branch.objects.values[ExactText(name), default: []].insert(literal)
        case .someMember(let existence): branch.objects.some.append(existence)
        case .item(let position, let literal):
            branch.arrays.minimum = max(branch.arrays.minimum, position + 1)
            branch.arrays.some.append(ArrayDemands.Existence(position: position, isExact: true, literal: literal))
        case .someItem(let start, let literal):
            branch.arrays.minimum = max(branch.arrays.minimum, start + 1)
            branch.arrays.some.append(ArrayDemands.Existence(position: start, isExact: false, literal: literal))
        case .everyItem(let literal): branch.arrays.rests.append((from: 0, literal: literal))
        case .contains(let contains): branch.arrays.contains.append(contains)
        case .length(let length):
            branch.arrays.minimum = max(branch.arrays.minimum, length.lowerBound)
            branch.arrays.maximum = min(branch.arrays.maximum, length.upperBound)
        case .doubt(let reason): branch.doubts.append(reason)
        }
        return true
    }

    private func apply(_ literal: SchemaLiteral, _ trackers: [Int], _ branch: inout SearchBranch) -> Bool {
        if branch.known.contains(literal.negated) { return false }
        let isNew = branch.known.insert(literal).inserted
        if trackers.isEmpty {
            guard isNew else { return true }
        } else {
            guard branch.tracked.insert(TrackedLiteral(literal: literal, trackers: trackers)).inserted else { return true }
        }
        let program = program(literal.side)
        let node = program.nodes[Int(literal.node)]
        guard literal.holds else {
            branch.choices.append(violations(of: node, literal.side))
            return true
        }
        branch.kinds.formIntersection(node.kinds)
        var inner = trackers
        if node.tracksEvaluation, let rest = unevaluatedMembers(of: node, literal.side) {
            inner.append(branch.trackers.count)
            branch.trackers.append(EvaluationTracker(rest: rest))
        }
        for group in [node.common, node.number, node.string, node.array, node.object] {
            for index in group { branch.pending.append(.instruction(literal.side, index, holds: true, trackers: inner)) }
        }
        return true
    }

    /// The ways in which a value violates a schema: one of these at least.
    private func violations(of node: SchemaNode, _ side: ComparedSide) -> [[SearchDemand]] {
        var ways: [[SearchDemand]] = []
        if node.kinds != .all { ways.append([.kinds(ValueKinds.all.subtracting(node.kinds))]) }
        let groups: [(Range<Int32>, ValueKinds)] = [
            (node.common, .all), (node.number, [.integer, .fraction]), (node.string, .string), (node.array, .array), (node.object, .object),
        ]
        for (group, kinds) in groups {
            for index in group { ways.append([.kinds(kinds), .instruction(side, index, holds: false, trackers: [])]) }
        }
        return ways
    }

    /// What `unevaluatedProperties` says of the members that it is about; `nil` where there is none.
    private func unevaluatedMembers(of node: SchemaNode, _ side: ComparedSide) -> MemberShape.Rest? {
        for index in node.object {
            switch program(side).instructions[Int(index)] {
            case .noUnevaluatedProperties: return .nothing
            case .unevaluatedProperties(let node): return .schema(SchemaLiteral(side: side, node: node, holds: true))
            default: break
            }
        }
        return nil
    }

    private func apply(
        _ instruction: SchemaInstruction, _ side: ComparedSide, _ holds: Bool, _ trackers: [Int], _ branch: inout SearchBranch
    ) -> Bool {
        let program = program(side)
        switch instruction {
        case .type: return true
        case .never: return !holds
        case .const(let index): limit(&branch, to: [program.values[Int(index)]], holds)
        case .oneOfValues(let range), .oneOfTexts(_, let range):
            limit(&branch, to: Array(program.values[Int(range.lowerBound)..<Int(range.upperBound)]), holds)
        case .minimum, .maximum, .exclusiveMinimum, .exclusiveMaximum, .multipleOf:
            branch.numbers.apply(instruction, program, holds)
        case .minLength, .maxLength, .pattern, .format: branch.strings.apply(instruction, program, holds)
        case .ref, .dynamicRef, .allOf, .anyOf, .oneOf, .not, .conditional:
            return combine(instruction, side, holds, trackers, &branch)
        case .minItems, .maxItems, .uniqueItems, .prefixItems, .items, .contains, .unevaluatedItems:
            applyToItems(instruction, side, holds, &branch)
        case .minProperties, .maxProperties, .required, .members, .propertyNames, .dependentRequired, .dependentSchemas,
            .unevaluatedProperties, .noUnevaluatedProperties:
            applyToMembers(instruction, side, holds, trackers, &branch)
        }
        return true
    }

    private func limit(_ branch: inout SearchBranch, to values: [JSONValue], _ holds: Bool) {
        guard holds else { return branch.excluded.formUnion(values) }
        branch.candidates = branch.candidates.map { $0.filter(values.contains) } ?? values
    }

    private func combine(
        _ instruction: SchemaInstruction, _ side: ComparedSide, _ holds: Bool, _ trackers: [Int], _ branch: inout SearchBranch
    ) -> Bool {
        func demand(_ node: SchemaProgram.NodeIndex, _ holds: Bool) -> SearchDemand {
            .schema(SchemaLiteral(side: side, node: node, holds: holds), trackers: holds ? trackers : [])
        }
        func nodes(_ range: Range<Int32>) -> [SchemaProgram.NodeIndex] {
            Array(program(side).branches[Int(range.lowerBound)..<Int(range.upperBound)])
        }
        switch instruction {
        case .ref(let node): branch.pending.append(demand(node, holds))
        // Without a scope that matters, it leads where a $ref would.
        case .dynamicRef(let anchor): branch.pending.append(demand(program(side).dynamicAnchors[Int(anchor)].fallback, holds))
        case .not(let node): branch.pending.append(.schema(SchemaLiteral(side: side, node: node, holds: !holds), trackers: []))
        case .allOf(let range) where holds: branch.pending += nodes(range).map { demand($0, true) }
        case .allOf(let range): branch.choices.append(nodes(range).map { [demand($0, false)] })
        case .anyOf(let range) where !holds: branch.pending += nodes(range).map { demand($0, false) }
        case .anyOf(let range) where trackers.isEmpty: branch.choices.append(nodes(range).map { [demand($0, true)] })
        case .anyOf(let range):
            // What is evaluated depends on each of the alternatives, not only on one that holds.
            let nodes = nodes(range)
            guard nodes.count <= 5 else {
                branch.stopTracking(trackers)
                branch.choices.append(nodes.map { [.schema(SchemaLiteral(side: side, node: $0, holds: true), trackers: [])] })
                return true
            }
            branch.choices.append(
                (1..<(1 << nodes.count)).map { set in nodes.indices.map { demand(nodes[$0], set & 1 << $0 != 0) } })
        case .oneOf(let range) where holds:
            let nodes = nodes(range)
            branch.choices.append(nodes.indices.map { one in nodes.indices.map { demand(nodes[$0], $0 == one) } })
        case .oneOf(let range):
            let nodes = nodes(range)
            var ways = [nodes.map { demand($0, false) }]
            for second in nodes.indices {
                for first in 0..<second { ways.append([demand(nodes[first], true), demand(nodes[second], true)]) }
            }
            branch.choices.append(ways)
        case .conditional(let condition, let then, let otherwise):
            var ways: [[SearchDemand]] = []
            for (isMet, consequence) in [(true, then), (false, otherwise)] {
                if consequence >= 0 {
                    ways.append([demand(condition, isMet), demand(consequence, holds)])
                } else if holds {
                    ways.append([demand(condition, isMet)])
                }
            }
            branch.choices.append(ways)
        default: break
        }
        return true
    }
}

extension SearchBranch {
    /// Takes all to be evaluated, which is wider than it may be.
    fileprivate mutating func stopTracking(_ indexes: [Int]) {
        for index in indexes { trackers[index].evaluatesAll = true }
        doubts.append("there are too many alternatives beside unevaluatedProperties")
    }
}
