/// A change of some switches; those it doesn't name stay as they are.
struct SwitchChange: Hashable, Sendable, Decodable {
    var latencyMs: Int?
    var errorRate: Double?
    var outage: Bool?

    init(latencyMs: Int? = nil, errorRate: Double? = nil, outage: Bool? = nil) {
        self.latencyMs = latencyMs
        self.errorRate = errorRate
        self.outage = outage
    }

    /// - Throws: ``FieldFault`` for a name that is no switch: a misspelt switch must not look as if it were set.
    init(from decoder: any Decoder) throws {
        for name in try decoder.container(keyedBy: AnyName.self).allKeys.map(\.stringValue).sorted()
        where CodingKeys(stringValue: name) == nil {
            throw FieldFault(name, "there is no such switch", remedy: "The switches are latencyMs, errorRate and outage.")
        }
        let container = try decoder.container(keyedBy: CodingKeys.self)
        latencyMs = try container.decodeIfPresent(Int.self, forKey: .latencyMs)
        errorRate = try container.decodeIfPresent(Double.self, forKey: .errorRate)
        outage = try container.decodeIfPresent(Bool.self, forKey: .outage)
    }

    /// - Throws: ``FieldFault`` if what comes of it is out of range.
    func applied(to switches: Switches) throws(FieldFault) -> Switches {
        let result = Switches(
            latencyMs: latencyMs ?? switches.latencyMs,
            errorRate: errorRate ?? switches.errorRate,
            outage: outage ?? switches.outage
        )
        try result.validate()
        return result
    }

    private enum CodingKeys: String, CodingKey {
        case latencyMs, errorRate, outage
    }

    /// Takes whatever name a JSON object has.
    private struct AnyName: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
