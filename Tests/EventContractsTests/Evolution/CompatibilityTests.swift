import EventContracts
import JSONSchema
import Testing

@Suite("Versions of a major read each other")
struct CompatibilityTests {
    private let name = JSONValue.text("A name.")

    @Test("An optional member may come and go")
    func optionalMember() throws {
        let folder = try EventFolder(["1.0": ["a!": name], "1.1": ["a!": name, "b": name], "1.2": ["a!": name]])
        let checks = try folder.catalogue().checks()
        #expect(checks.count == 6)
        #expect(checks.filter { !$0.isAccepted }.isEmpty)
    }

    @Test("A new required member is refused, with a document that the reader can't read")
    func requiredMember() throws {
        let folder = try EventFolder(["1.0": ["a!": name], "1.1": ["a!": name, "b!": name]])
        let refused = try folder.catalogue().checks().filter { !$0.isAccepted }
        #expect(refused.map { "\($0.reader.version) \($0.writer.version)" } == ["1.1 1.0"])
        guard case .refuted(let witness, let violations)? = refused.first?.outcome else {
            Issue.record("no witness")
            return
        }
        #expect(witness["b"] == nil)
        #expect(violations.map(\.message) == ["the member \"b\" is missing"])
    }

    @Test("An incompatibility with a version before the last one is found, unless the policy is about the last one only")
    func transitive() throws {
        let versions: [String: [String: JSONValue]] = [
            "1.0": ["a": .text("A.", maxLength: 9)], "1.1": [:], "1.2": ["a": .text("A.", maxLength: 5)],
        ]
        let folder = try EventFolder(versions)
        let catalogue = try folder.catalogue()
        let all = try catalogue.checks(by: CompatibilityPolicy(direction: .backward, isTransitive: true))
        let last = try catalogue.checks(by: CompatibilityPolicy(direction: .backward, isTransitive: false))
        #expect(all.filter { !$0.isAccepted }.map { "\($0.reader.version) \($0.writer.version)" } == ["1.2 1.0"])
        #expect(last.count == 2 && last.allSatisfy(\.isAccepted))
    }

    @Test("Majors need not read each other")
    func majors() throws {
        let folder = try EventFolder(["1.0": ["a!": name], "2.0": ["b!": name], "2.1": ["b!": name, "c": name]])
        let checks = try folder.catalogue().checks()
        #expect(checks.map { "\($0.reader.version) \($0.writer.version)" } == ["2.1 2.0", "2.0 2.1"])
        let across = try folder.catalogue().check(writer: EventFolder.reference("1.0"), reader: EventFolder.reference("2.0"))
        #expect(!across.isAccepted)
    }

    @Test("A direction asks one side only")
    func directions() throws {
        let folder = try EventFolder(["1.0": ["a": .text("A.", maxLength: 5)], "1.1": ["a": .text("A.", maxLength: 9)]])
        let catalogue = try folder.catalogue()
        func verdicts(_ direction: CompatibilityPolicy.Direction) throws -> [Bool] {
            try catalogue.checks(by: CompatibilityPolicy(direction: direction, isTransitive: true)).map(\.isAccepted)
        }
        #expect(try verdicts(.backward) == [true])
        #expect(try verdicts(.forward) == [false])
        #expect(try verdicts(.full) == [true, false])
    }

    @Test("The registry's rules give the registry's verdict")
    func registry() throws {
        let folder = try EventFolder(["1.0": ["a!": name], "1.1": ["a!": name, "b": name]])
        let catalogue = try folder.catalogue()
        func refused(_ policy: String) throws -> [[String]] {
            let policy = try #require(CompatibilityPolicy(policy))
            return try catalogue.checks(by: policy).compactMap {
                guard case .forbidden(let differences) = $0.outcome else { return nil }
                return differences.map(\.description)
            }
        }
        #expect(try refused("confluent-backward") == [])
        #expect(try refused("confluent-forward") == [["PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL #/properties/b"]])
        #expect(try refused("full-transitive") == [])
    }

    @Test("A policy has one name", arguments: CompatibilityPolicy.all)
    func names(policy: CompatibilityPolicy) {
        #expect(CompatibilityPolicy(policy.description) == policy)
        #expect(CompatibilityPolicy(policy.description + "s") == nil)
    }

    @Test("The schemas of the shop, states included, read each other within their majors")
    func shop() throws {
        let catalogue = try Shop.catalogue()
        let checks = try catalogue.checks()
        #expect(!checks.isEmpty)
        for check in checks { #expect(check.isAccepted, "\(check.reader) can't read \(check.writer): \(check.outcome)") }
        #expect(try catalogue.reservedNameViolations() == [])
    }
}
