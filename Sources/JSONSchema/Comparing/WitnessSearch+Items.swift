extension WitnessSearch {
    /// What an instruction for arrays asks for. Where it is denied the value is known to be an array.
    func applyToItems(_ instruction: SchemaInstruction, _ side: ComparedSide, _ holds: Bool, _ branch: inout SearchBranch) {
        func literal(_ node: SchemaProgram.NodeIndex, _ holds: Bool) -> SchemaLiteral {
            SchemaLiteral(side: side, node: node, holds: holds)
        }
        switch instruction {
        case .minItems(let limit):
            if holds {
                branch.arrays.minimum = max(branch.arrays.minimum, limit)
            } else {
                branch.arrays.maximum = min(branch.arrays.maximum, limit - 1)
            }
        case .maxItems(let limit):
            if holds {
                branch.arrays.maximum = min(branch.arrays.maximum, limit)
            } else {
                branch.arrays.minimum = max(branch.arrays.minimum, limit == .max ? .max : limit + 1)
            }
        case .uniqueItems: if holds { branch.arrays.areUnique = true } else { branch.arrays.hasEqualItems = true }
        case .prefixItems(let range):
            let nodes = program(side).branches[Int(range.lowerBound)..<Int(range.upperBound)]
            if holds {
                branch.arrays.prefixes.append(nodes.map { literal($0, true) })
            } else {
                branch.choices.append(nodes.enumerated().map { [.item($0, literal($1, false))] })
            }
        case .items(let node, let start):
            if holds {
                branch.arrays.rests.append((from: Int(start), literal: literal(node, true)))
            } else {
                branch.pending.append(.someItem(from: Int(start), literal(node, false)))
            }
        case .contains(let node, let minimum, let maximum):
            let demand = ContainsDemand(
                literal: literal(node, true), minimum: Int(minimum), maximum: maximum == .max ? nil : Int(maximum), holds: holds)
            if holds { require(demand, &branch) } else { branch.choices.append(violations(of: demand)) }
        case .unevaluatedItems: branch.doubts.append("unevaluatedItems can't be looked into")
        default: break
        }
    }

    private func require(_ demand: ContainsDemand, _ branch: inout SearchBranch) {
        branch.arrays.contains.append(demand)
        branch.arrays.minimum = max(branch.arrays.minimum, demand.minimum)
        if demand.minimum > 0 { branch.pending.append(.someItem(from: 0, demand.literal)) }
        if demand.maximum == 0 { branch.arrays.rests.append((from: 0, literal: demand.literal.negated)) }
    }

    private func violations(of demand: ContainsDemand) -> [[SearchDemand]] {
        var ways: [[SearchDemand]] = []
        switch demand.minimum {
        case 0: break
        case 1: ways.append([.everyItem(demand.literal.negated)])
        default:
            let tooFew = ContainsDemand(literal: demand.literal, minimum: demand.minimum, maximum: nil, holds: false)
            ways.append([.contains(tooFew), .doubt("a count of items that are too few isn't looked for")])
        }
        if let maximum = demand.maximum {
            let tooMany = ContainsDemand(literal: demand.literal, minimum: 0, maximum: maximum, holds: false)
            ways.append([.contains(tooMany), .length((maximum + 1)...Int.max), .someItem(from: 0, demand.literal)])
        }
        return ways
    }
}
