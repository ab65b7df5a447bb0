import ArgumentParser
import EventContracts
import JSONSchema

struct SchemaDiff: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "What differs between two schemas, and whether each reads what the other writes.",
        discussion: """
              ferry schema diff order/placed@1.0 order/placed@1.1
              ferry schema diff schemas/order/placed/1.0.json draft.json
            """
    )

    @Argument(help: "The older schema: a version, a type, or a file.")
    var older: String

    @Argument(help: "The newer one.")
    var newer: String

    @OptionGroup var options: SchemaOptions

    func run() throws {
        let old = try SchemaSource(older, in: options.catalogue())
        let new = try SchemaSource(newer, in: options.catalogue())
        let changes = SchemaChange.between(old.document, and: new.document)
        let differences = SchemaDifference.between(old.document, and: new.document)
        let backward = try old.compile(.closedWriter).containment(in: new.compile(.openReader))
        let forward = try new.compile(.closedWriter).containment(in: old.compile(.openReader))
        if options.json {
            try Output.line([
                "backward": backward.json,
                "changes": .array(
                    changes.map {
                        ["details": .array($0.details.map(JSONValue.string)), "kind": .string($0.kind.rawValue), "path": .string($0.path)]
                    }),
                "codes": .array(differences.map { ["code": .string($0.code.rawValue), "path": .string($0.path)] }),
                "forward": forward.json, "newer": .string(new.name), "older": .string(old.name),
            ])
            return
        }
        var lines = ["\(old.name) → \(new.name)"]
        lines += changes.map { change in
            let mark = change.kind == .added ? "+" : change.kind == .removed ? "-" : "~"
            return "\(mark) \(change.path.isEmpty ? "the document" : change.path)  \(change.details.joined(separator: "; "))"
        }
        if changes.isEmpty { lines.append("no difference in what documents may be") }
        lines += differences.filter { !$0.code.isAnnotation }.map { "  \($0)" }
        lines.append("the newer reads what the older writes: \(backward.wording)")
        lines.append("the older reads what the newer writes: \(forward.wording)")
        try Output.text(lines.map { $0 + "\n" }.joined())
    }
}

extension Containment {
    fileprivate var wording: String {
        switch self {
        case .contained: "yes"
        case .refuted(let witness, let violations):
            "no, not \(witness.shortText)" + (violations.first.map { ", because \($0)" } ?? "")
        case .unknown(let reason): "not decided, which counts as no: \(reason)"
        }
    }

    fileprivate var json: JSONValue {
        switch self {
        case .contained: ["verdict": "yes"]
        case .refuted(let witness, let violations):
            ["reasons": .array(violations.map { .string($0.description) }), "verdict": "no", "witness": witness]
        case .unknown(let reason): ["reasons": [.string(reason)], "verdict": "unknown"]
        }
    }
}
