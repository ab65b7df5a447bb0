/// An enum of events: what a service reads, or what it writes.
struct UnionSource {
    let name: String
    let comment: String
    /// Each case with the type that it holds.
    let cases: [(name: String, type: String)]
    /// Whether a fired timer is one of them.
    let hasTimers: Bool

    func write(to source: inout SourceText) {
        source.comment(comment)
        source.block("enum \(name): EventUnion") { source in
            for (name, type) in cases { source.line("case \(SwiftName.quoted(name))(\(type))") }
            if hasTimers {
                source.line("/// A timer of this key was due; the identifier is the one it was started with.")
                source.line("case timer(Timer, id: String)")
            }
            if !cases.isEmpty || hasTimers { source.line() }
            source.list("static let types: [String] = [", cases.map { "\($0.type).type" }, "]")
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
                for (name, type) in cases {
                    source.line("case \(type).type: return .\(SwiftName.quoted(name))(try Codec.decode(\(type).self, from: data))")
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
            for (name, type) in cases { source.line("case .\(SwiftName.quoted(name)): \(type).\(property)") }
            if hasTimers { source.line("case .timer: \(timer)") }
            source.line("}")
        }
    }

    private func encode(_ source: inout SourceText) {
        source.block("func encode() throws(PayloadError) -> [UInt8]") { source in
            source.line("switch self {")
            for (name, _) in cases { source.line("case .\(SwiftName.quoted(name))(let event): try Codec.encode(event)") }
            if hasTimers {
                source.line("// The runtime writes and reads timers itself; they are no event of the service's.")
                source.line("case .timer: []")
            }
            source.line("}")
        }
    }
}
