/// An enum of events: what a service reads, or what it writes.
struct UnionSource {
    let name: String
    let comment: String
    /// Each case with the type that it holds.
    let cases: [Case]
    /// Whether a fired timer is one of them.
    let hasTimers: Bool

    struct Case {
        let name: String
        let type: String
        /// The types of the older versions that are read as this one, newest first.
        var older: [String] = []
    }

    func write(to source: inout SourceText) {
        source.comment(comment)
        source.block("enum \(name): EventUnion") { source in
            for item in cases { source.line("case \(SwiftName.quoted(item.name))(\(item.type))") }
            if hasTimers {
                source.line("/// A timer of this key was due; the identifier is the one it was started with.")
                source.line("case timer(Timer, id: String)")
            }
            if !cases.isEmpty || hasTimers { source.line() }
            source.list("static let types: [String] = [", cases.flatMap { [$0.type] + $0.older }.map { $0 + ".type" }, "]")
            source.line()
            decode(&source)
            source.line()
            property("type", timer: "\"ferry.timer.fired.v1\"", &source)
            source.line()
            property("schemaID", timer: "\"\"", &source)
            source.line()
            encode(&source)
        }
    }

    private func decode(_ source: inout SourceText) {
        source.block("static func decode(type: String, data: [UInt8]) throws(PayloadError) -> \(name)?") { source in
            if !cases.isEmpty {
                source.line("switch type {")
                for item in cases {
                    for (steps, type) in ([item.type] + item.older).enumerated() {
                        let lifts = String(repeating: ".lifted()", count: steps)
                        let decoded = "try Codec.decode(\(type).self, from: data)\(lifts)"
                        source.line("case \(type).type: return .\(SwiftName.quoted(item.name))(\(decoded))")
                    }
                }
                source.line("default: break")
                source.line("}")
            }
            source.line("try refuseOtherVersion(of: type)")
            source.line("return nil")
        }
    }

    private func property(_ property: String, timer: String, _ source: inout SourceText) {
        source.block("var \(property): String") { source in
            source.line("switch self {")
            for item in cases { source.line("case .\(SwiftName.quoted(item.name)): \(item.type).\(property)") }
            if hasTimers { source.line("case .timer: \(timer)") }
            source.line("}")
        }
    }

    private func encode(_ source: inout SourceText) {
        source.block("func encode() throws(PayloadError) -> [UInt8]") { source in
            source.line("switch self {")
            for item in cases { source.line("case .\(SwiftName.quoted(item.name))(let event): try Codec.encode(event)") }
            if hasTimers {
                source.line("// The runtime writes and reads timers itself; they are no event of the service's.")
                source.line("case .timer: []")
            }
            source.line("}")
        }
    }
}
