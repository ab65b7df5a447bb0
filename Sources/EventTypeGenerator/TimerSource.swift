import EventContracts

/// The enum of a service's timers.
struct TimerSource {
    private let service: String
    private let cases: [(name: String, value: String)]

    /// - Throws: ``ManifestError`` for a timer that can't become a case of its own.
    init(_ manifest: ServiceManifest, origin: String) throws(ManifestError) {
        var cases: [(name: String, value: String)] = []
        for timer in manifest.timers {
            guard let name = SwiftName.enumCase(timer), !cases.contains(where: { $0.name == name }) else {
                throw ManifestError(origin: origin, line: 1, message: "the timer \(timer) can't become a case of its own; rename it")
            }
            cases.append((name, timer))
        }
        service = manifest.name
        self.cases = cases
    }

    func write(to source: inout SourceText) {
        guard !cases.isEmpty else { return source.line("typealias Timer = NoTimer") }
        source.comment("The timers that the \(service) service starts.")
        source.block("enum Timer: String, Sendable, Hashable, CaseIterable") { source in
            for (name, value) in cases { source.line("case \(SwiftName.quoted(name)) = \(SwiftLiteral.string(value))") }
        }
    }
}
