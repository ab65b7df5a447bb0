import EventContracts
import JSONSchema

/// What the comparison of a candidate with the versions that run came to, for a person and for a program.
struct DeploymentReport {
    let candidate: String
    let others: [String]
    let compared: Int
    let faults: [ContractFault]

    init(_ candidate: ContractSnapshot, beside others: [ContractSnapshot], _ check: DeploymentCheck) {
        self.candidate = candidate.name
        self.others = others.map(\.name)
        compared = check.compared
        faults = check.faults
    }

    var text: String {
        var lines: [String] = []
        for fault in faults {
            lines.append("no   \(fault.message)")
            if let witness = fault.witness { lines.append("     " + String(decoding: witness.canonicalBytes(), as: UTF8.self)) }
        }
        let beside = others.isEmpty ? "nothing else" : others.joined(separator: ", ")
        let verdict = faults.isEmpty ? "yes  \(candidate) may run beside" : "no   \(candidate) must not run beside"
        lines.append("\(verdict) \(beside): \(compared) pairs of schemas compared")
        return lines.joined(separator: "\n") + "\n"
    }

    var json: JSONValue {
        [
            "beside": .array(others.map { .string($0) }), "candidate": .string(candidate), "compared": .number(JSONNumber(compared)),
            "compatible": .bool(faults.isEmpty), "faults": .array(faults.map(\.json)),
        ]
    }
}
