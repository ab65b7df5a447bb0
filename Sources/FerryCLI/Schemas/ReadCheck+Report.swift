import EventContracts
import JSONSchema

extension ReadCheck {
    /// `ok`, or what is wrong, with the place in the reader's schema.
    func text(_ catalogue: SchemaCatalogue) -> String {
        let column = verdict + String(repeating: " ", count: 8 - verdict.count)
        var lines = ["\(column)\(reader.context)/\(reader.event)  \(reader.version) reads \(writer.version)"]
        switch outcome {
        case .accepted: break
        case .refuted(let witness, let violations):
            lines.append("  \(writer.version) may write  \(witness.shortText)")
            for violation in violations.prefix(5) {
                let line = catalogue.line(of: violation.schema, in: reader).map { ":\($0)" } ?? ""
                lines.append("  \(reader.version) refuses    \(violation)  (\(catalogue.origin(of: reader))\(line), #\(violation.schema))")
            }
        case .unknown(let reason): lines.append("  not decided, which counts as no: \(reason)")
        case .forbidden: lines.append("  the rules of Confluent's registry forbid it")
        }
        for difference in differences where !difference.code.isAnnotation {
            lines.append("  \(difference)\(difference.code.isCompatible ? "" : " (forbidden by Confluent's registry)")")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    func json(_ catalogue: SchemaCatalogue) -> JSONValue {
        var json: JSONObject = [
            "differences": .array(
                differences.map {
                    ["code": .string($0.code.rawValue), "compatible": .bool($0.code.isCompatible), "path": .string($0.path)]
                }),
            "reader": .string(reader.description), "verdict": .string(verdict), "writer": .string(writer.description),
        ]
        switch outcome {
        case .accepted, .forbidden: break
        case .refuted(let witness, let violations):
            json["witness"] = witness
            json["violations"] = .array(
                violations.map { violation in
                    var json: JSONObject = [
                        "file": .string(catalogue.origin(of: reader)), "instance": .string(violation.instance.description),
                        "keyword": .string(violation.keyword), "message": .string(violation.message),
                        "schema": .string(violation.schema.description),
                    ]
                    json["line"] = catalogue.line(of: violation.schema, in: reader).map { .number(JSONNumber($0)) }
                    return .object(json)
                })
        case .unknown(let reason): json["reason"] = .string(reason)
        }
        return .object(json)
    }

    private var verdict: String {
        switch outcome {
        case .accepted: "yes"
        case .refuted, .forbidden: "no"
        case .unknown: "unknown"
        }
    }
}

extension DifferenceCode {
    /// Of what is written for people; it is in every pair of versions.
    var isAnnotation: Bool { [.idChanged, .titleChanged, .descriptionChanged].contains(self) }
}

extension JSONValue {
    /// Not more than a screen can take. `--json` has all of it.
    var shortText: String {
        let text = description
        return text.count <= 600 ? text : "\(text.prefix(500))… (\(text.utf8.count) bytes; all of it with --json)"
    }
}
