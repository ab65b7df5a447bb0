import EventContracts
import JSONSchema

/// The whole generated file of one service.
struct ContractSource {
    let manifest: ServiceManifest
    let catalogue: SchemaCatalogue
    /// The module that the source becomes part of.
    let module: String

    func text() throws -> String {
        let names = TypeNames(manifest)
        var source = SourceText()
        source.line("// Generated from service.yaml and schemas/. Do not edit.")
        source.line("import EventContracts")
        source.line("import JSONSchema")
        for reference in manifest.events {
            source.line()
            try PayloadSource(
                reference: reference, name: names.type(reference), namespace: manifest.namespace, catalogue: catalogue
            ).write(to: &source)
        }
        let results = manifest.effectResults
        union("Input", manifest.inputs.flatMap(\.events) + results, names, hasTimers: !manifest.timers.isEmpty, &source)
        union("Output", manifest.outputs.flatMap(\.events), names, hasTimers: false, &source)
        if results.isEmpty {
            source.line()
            source.line("typealias Effect = NoEffect")
            source.line("typealias EffectResult = NoEffect")
        } else {
            union("Effect", manifest.effectRequests, names, hasTimers: false, &source)
            union("EffectResult", results, names, hasTimers: false, &source)
        }
        timers(&source)
        contract(names, &source)
        return source.text
    }

    private func union(
        _ name: String, _ events: [EventReference], _ names: TypeNames, hasTimers: Bool, _ source: inout SourceText
    ) {
        let cases = events.map { (names.enumCase($0), names.type($0)) }
        source.line()
        source.block("enum \(name): EventUnion") { source in
            for (name, type) in cases { source.line("case \(name)(\(type))") }
            if hasTimers {
                source.line("/// A timer of this key that was due.")
                source.line("case timer(Timer, id: String)")
            }
            source.line()
            let types = cases.map { "\($0.1).type" }.joined(separator: ", ")
            source.line("static let types = [\(types)]")
            source.line()
            source.block("static func decode(type: String, data: [UInt8]) throws(PayloadError) -> \(name)?") { source in
                source.line("switch type {")
                for (name, type) in cases {
                    source.line("case \(type).type: return .\(name)(try Codec.decode(\(type).self, from: data))")
                }
                source.line("default:")
                source.line("    try refuseOtherVersion(of: type)")
                source.line("    return nil")
                source.line("}")
            }
            for (property, timer) in [("type", "\"ferry.timer.fired.v1\""), ("schemaID", "\"\"")] {
                source.line()
                source.block("var \(property): String") { source in
                    source.line("switch self {")
                    for (name, type) in cases { source.line("case .\(name): \(type).\(property)") }
                    if hasTimers { source.line("case .timer: \(timer)") }
                    source.line("}")
                }
            }
            source.line()
            source.block("func encode() throws(PayloadError) -> [UInt8]") { source in
                source.line("switch self {")
                for (name, _) in cases { source.line("case .\(name)(let event): return try Codec.encode(event)") }
                if hasTimers { source.line("case .timer: return []") }
                source.line("}")
            }
        }
    }

    private func timers(_ source: inout SourceText) {
        source.line()
        guard !manifest.timers.isEmpty else {
            source.line("typealias Timer = NoTimer")
            return
        }
        source.block("enum Timer: String, Sendable, Hashable, CaseIterable") { source in
            for timer in manifest.timers { source.line("case \(TypeNames.lowerCamel(timer)) = \"\(timer)\"") }
        }
    }

    private func contract(_ names: TypeNames, _ source: inout SourceText) {
        source.line()
        source.line("/// \(manifest.name) \(manifest.version): everything it has agreed to.")
        source.block("enum Contract: ServiceContract") { source in
            source.line("typealias State = \(names.type(manifest.state))")
            source.line("typealias Input = \(module).Input")
            source.line("typealias Output = \(module).Output")
            source.line("typealias Effect = \(module).Effect")
            source.line("typealias EffectResult = \(module).EffectResult")
            source.line("typealias Timer = \(module).Timer")
            source.line()
            source.line("static let manifest = ServiceManifest(")
            source.line("    name: \"\(manifest.name)\", version: \"\(manifest.version)\", namespace: \"\(manifest.namespace)\",")
            source.line("    inputs: [\(topics(manifest.inputs))],")
            source.line("    outputs: [\(topics(manifest.outputs))],")
            source.line("    state: \(names.type(manifest.state)).reference,")
            source.line("    effectRequests: [\(references(manifest.effectRequests, names))],")
            source.line("    effectResults: [\(references(manifest.effectResults, names))],")
            source.line("    timers: [\(manifest.timers.map { "\"\($0)\"" }.joined(separator: ", "))]")
            source.line(")")
            source.line()
            source.block("static func topic(of output: Output) -> String") { source in
                source.line("switch output {")
                for topic in manifest.outputs {
                    let cases = topic.events.map { ".\(names.enumCase($0))" }.joined(separator: ", ")
                    source.line("case \(cases): \"\(topic.name)\"")
                }
                source.line("}")
            }
            source.line()
            // Without timers the parameter has no value, and a body would be unreachable code.
            let body = manifest.timers.isEmpty ? "{}" : "{ .timer(timer, id: id) }"
            source.line("static func input(timer: Timer, id: String) -> Input? \(body)")
        }

        func topics(_ topics: [ServiceManifest.Topic]) -> String {
            topics.map { ".init(name: \"\($0.name)\", events: [\(references($0.events, names))])" }.joined(separator: ", ")
        }
        func references(_ events: [EventReference], _ names: TypeNames) -> String {
            events.map { "\(names.type($0)).reference" }.joined(separator: ", ")
        }
    }
}
