import JSONSchema

extension SchemaCatalogue {
    /// Whether `reader` can read what `writer` writes. The two may be of different majors, or of different events.
    ///
    /// Compiles both schemas and searches: milliseconds, and for large schemas seconds.
    public func check(
        writer: EventReference, reader: EventReference, rules: CompatibilityPolicy.Rules = .containment
    ) throws(CatalogueError) -> ReadCheck {
        let differences = SchemaDifference.between(try document(of: writer), and: try document(of: reader))
        let outcome: ReadCheck.Outcome
        switch rules {
        case .containment:
            let written = try schema(of: writer, view: .closedWriter)
            switch written.containment(in: try schema(of: reader, view: .openReader)) {
            case .contained: outcome = .accepted
            case .refuted(let witness, let violations): outcome = .refuted(witness: witness, violations: violations)
            case .unknown(let reason): outcome = .unknown(reason: reason)
            }
        case .registry:
            let forbidden = differences.filter { !$0.code.isCompatible }
            outcome = forbidden.isEmpty ? .accepted : .forbidden(forbidden)
        }
        return ReadCheck(writer: writer, reader: reader, outcome: outcome, differences: differences)
    }

    /// Every pair of versions that the policy is about, of the events given; the newer version first to last.
    public func checks(
        of events: [EventReference]? = nil, by policy: CompatibilityPolicy = .house
    ) throws(CatalogueError) -> [ReadCheck] {
        var checks: [ReadCheck] = []
        for versions in majors(of: events ?? references) {
            for (index, newer) in versions.enumerated() {
                for older in policy.isTransitive ? versions[..<index] : versions[..<index].suffix(1) {
                    if policy.direction != .forward { checks.append(try check(writer: older, reader: newer, rules: policy.rules)) }
                    if policy.direction != .backward { checks.append(try check(writer: newer, reader: older, rules: policy.rules)) }
                }
            }
        }
        return checks
    }

    /// The versions of each major of each event, in order.
    func majors(of events: [EventReference]) -> [[EventReference]] {
        Dictionary(grouping: events.sorted()) { "\($0.context)/\($0.event)@\($0.version.major)" }.values.sorted { $0[0] < $1[0] }
    }
}
