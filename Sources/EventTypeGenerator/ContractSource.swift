import EventContracts
import JSONSchema

/// All that is generated for one service. The same manifest and schemas give the same bytes.
struct ContractSource {
    private let manifest: ServiceManifest
    private let names: TypeNames
    private let timers: TimerSource
    private let payloads: [PayloadSource]
    /// The module that the source becomes part of.
    private let module: String
    private let origin: String

    /// - Parameters:
    ///   - yaml: the text of the manifest.
    ///   - origin: its path, for errors.
    /// - Throws: ``ManifestError`` or ``CatalogueError``, for the first thing that can't become Swift.
    init(yaml: String, origin: String, catalogue: SchemaCatalogue, module: String) throws {
        manifest = try ManifestReader.read(yaml: yaml, origin: origin)
        names = try TypeNames(manifest, module: module, origin: origin)
        timers = try TimerSource(manifest, origin: origin)
        var payloads: [PayloadSource] = []
        for reference in manifest.events {
            guard catalogue.references.contains(reference) else {
                throw ManifestError(
                    origin: origin, line: Self.line(of: reference, in: yaml),
                    message: "there is no schema for \(reference): \(catalogue.origin(of: reference)) doesn't exist")
            }
            payloads.append(
                try PayloadSource(
                    reference: reference, name: names.type(reference), successor: manifest.successor(of: reference).map(names.type),
                    namespace: manifest.namespace, catalogue: catalogue))
        }
        self.payloads = payloads
        self.module = module
        self.origin = origin
    }

    /// The first line that names an event.
    private static func line(of reference: EventReference, in yaml: String) -> Int {
        let lines = yaml.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let index = lines.firstIndex { line in
            line.split { !($0.isLetter || $0.isNumber || "/@.-".contains($0)) }.contains { $0 == reference.description }
        }
        return (index ?? 0) + 1
    }

    /// The text of each file, by its name.
    ///
    /// - Parameter names: of the files for events. The build has to know them before anything is generated.
    /// - Throws: ``ManifestError`` for an event that has no file.
    func files(named names: [EventReference: String]) throws(ManifestError) -> [String: String] {
        var files = [
            "Contract": file(contract),
            "Timer": file { timers.write(to: &$0) },
            "Input": union(
                "Input", "What the \(manifest.name) service reads.", read: manifest.inputs.flatMap(\.events) + manifest.effectResults),
            "Output": union("Output", "What the \(manifest.name) service writes.", written: manifest.outputs.flatMap(\.events)),
            "Effect": manifest.effectRequests.isEmpty
                ? none("Effect") : union("Effect", "What the \(manifest.name) service asks of the outside.", written: manifest.effectRequests),
            "EffectResult": manifest.effectResults.isEmpty
                ? none("EffectResult") : union("EffectResult", "What the outside answers.", read: manifest.effectResults),
        ]
        for payload in payloads {
            guard let name = names[payload.reference], files.updateValue(file(payload.write), forKey: name) == nil else {
                throw ManifestError(
                    origin: origin, line: 1, message: "the build finds no file for \(payload.reference): write it out in the manifest as that")
            }
        }
        // A name that the build took for an event's, from a comment perhaps.
        for name in names.values where files[name] == nil { files[name] = file { _ in } }
        return files
    }

    private func file(_ write: (inout SourceText) -> Void) -> String {
        var source = SourceText()
        source.line("// Generated from service.yaml and schemas/. Do not edit.")
        source.line("import EventContracts")
        source.line("import JSONSchema")
        source.line()
        write(&source)
        return source.text
    }

    private func none(_ name: String) -> String { file { $0.line("typealias \(name) = NoEffect") } }

    /// Each event in each version is a case.
    private func union(_ name: String, _ comment: String, written events: [EventReference]) -> String {
        let cases = Self.distinct(events).map { UnionSource.Case(name: names.enumCase($0), type: names.type($0)) }
        return union(name, comment, cases)
    }

    /// Each event is a case in its newest version; the older ones are lifted to it.
    private func union(_ name: String, _ comment: String, read events: [EventReference]) -> String {
        let events = Self.distinct(events)
        let cases = events.filter { manifest.successor(of: $0) == nil }.map { newest in
            let older = events.filter { $0.isSameEvent(as: newest) && $0 != newest }
            return UnionSource.Case(
                name: names.enumCase(newest), type: names.type(newest), older: older.sorted().reversed().map(names.type))
        }
        return union(name, comment, cases)
    }

    private func union(_ name: String, _ comment: String, _ cases: [UnionSource.Case]) -> String {
        file { source in
            UnionSource(name: name, comment: comment, cases: cases, hasTimers: name == "Input" && !manifest.timers.isEmpty)
                .write(to: &source)
        }
    }

    /// An event may come by two topics; it is one case all the same.
    private static func distinct(_ events: [EventReference]) -> [EventReference] {
        var distinct: [EventReference] = []
        for event in events where !distinct.contains(event) { distinct.append(event) }
        return distinct
    }

    private func contract(_ source: inout SourceText) {
        source.line("/// \(manifest.name) \(manifest.version): everything it has agreed to.")
        source.block("enum Contract: ServiceContract") { source in
            source.line("typealias State = \(names.type(manifest.state))")
            for name in ["Input", "Output", "Effect", "EffectResult", "Timer"] {
                source.line("typealias \(name) = \(module).\(name)")
            }
            source.line()
            source.line("static let manifest = ServiceManifest(")
            source.indent { source in
                source.line("name: \(SwiftLiteral.string(manifest.name)),")
                source.line("version: \(SwiftLiteral.string(manifest.version)),")
                source.line("namespace: \(SwiftLiteral.string(manifest.namespace)),")
                topics("inputs", manifest.inputs, &source)
                topics("outputs", manifest.outputs, &source)
                source.line("state: \(names.type(manifest.state)).reference,")
                source.list("olderStates: [", references(manifest.olderStates), "],")
                source.list("effectRequests: [", references(manifest.effectRequests), "],")
                source.list("effectResults: [", references(manifest.effectResults), "],")
                source.line("timers: [\(manifest.timers.map(SwiftLiteral.string).joined(separator: ", "))]")
            }
            source.line(")")
            source.line()
            source.list("static let payloads: [any EventPayload.Type] = [", manifest.events.map { names.type($0) + ".self" }, "]")
            source.line()
            routing(&source)
            source.line()
            decodeState(&source)
            source.line()
            // A parameter that has no value makes a body unreachable code, which the compiler would refuse.
            let body = manifest.timers.isEmpty ? "{}" : "{ .timer(timer, id: id) }"
            source.line("static func input(timer: Timer, id: String) -> Input? \(body)")
        }
    }

    private func routing(_ source: inout SourceText) {
        guard !manifest.outputs.isEmpty else { return source.line("static func topic(of output: Output) -> String {}") }
        source.block("static func topic(of output: Output) -> String") { source in
            source.line("switch output {")
            for topic in manifest.outputs {
                let cases = topic.events.map { ".\(SwiftName.quoted(names.enumCase($0)))" }
                source.list("case ", cases, ": \(SwiftLiteral.string(topic.name))")
            }
            source.line("}")
        }
    }

    private func decodeState(_ source: inout SourceText) {
        source.block("static func decodeState(type: String, data: [UInt8]) throws(PayloadError) -> State?") { source in
            source.line("switch type {")
            for (steps, state) in ([manifest.state] + manifest.olderStates.reversed()).map(names.type).enumerated() {
                let lifts = String(repeating: ".lifted()", count: steps)
                source.line("case \(state).type: try Codec.decode(\(state).self, from: data)\(lifts)")
            }
            source.line("default: nil")
            source.line("}")
        }
    }

    private func topics(_ label: String, _ topics: [ServiceManifest.Topic], _ source: inout SourceText) {
        guard !topics.isEmpty else { return source.line("\(label): [],") }
        source.line("\(label): [")
        source.indent { source in
            for topic in topics {
                source.list(".init(name: \(SwiftLiteral.string(topic.name)), events: [", references(topic.events), "]),")
            }
        }
        source.line("],")
    }

    private func references(_ events: [EventReference]) -> [String] { events.map { "\(names.type($0)).reference" } }
}
