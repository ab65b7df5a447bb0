import EventContracts
import JSONSchema
import Testing

@Suite("Which versions may run beside each other")
struct DeploymentCheckTests {
    private let writes = "{order.events: [order/placed@1.0]}"
    private let reads = "{order.events: [order/placed@1.0]}"

    /// The faults as `subject writer → reader`, sorted.
    private func faults(
        _ candidate: ContractSnapshot, _ others: ContractSnapshot..., rollout: DeploymentCheck.Rollout = .beside
    ) throws -> [String] {
        try DeploymentCheck(candidate, beside: others, rollout: rollout).faults
            .map { "\($0.subject) \($0.writer) → \($0.reader)" }.sorted()
    }

    @Test("The services of the shop run beside each other")
    func shop() throws {
        let catalogue = try Shop.catalogue()
        let shop = try Shop.services.map { try ContractSnapshot(manifest: Shop.manifest(of: $0), catalogue: catalogue) }
        for (index, candidate) in shop.enumerated() {
            let check = try DeploymentCheck(candidate, beside: shop.filter { $0 != candidate })
            #expect(check.faults.map(\.message) == [])
            #expect(check.compared > 0, "\(index)")
        }
    }

    @Test("An optional member may come and go within a major version, in either direction")
    func minor() throws {
        let newer = "{order.events: [order/placed@1.1]}"
        let more = ["order/placed@1.1": ["id!": "string", "note": "string"]]
        let order10 = try Snapshots.service("order", outputs: writes)
        let order11 = try Snapshots.service("order", "1.1.0", outputs: newer, more)
        let payment10 = try Snapshots.service("payment", inputs: reads)
        let payment11 = try Snapshots.service("payment", "1.1.0", inputs: newer, more)
        #expect(try faults(order11, payment10) == [])
        #expect(try faults(order10, payment11) == [])
        #expect(try faults(payment11, order10) == [])
    }

    @Test("A document that the reader would refuse is shown, and it is one")
    func refused() throws {
        let order = try Snapshots.service("order", outputs: "{order.events: [order/placed@1.1]}", ["order/placed@1.1": ["id": "string"]])
        let payment = try Snapshots.service("payment", inputs: reads)
        let check = try DeploymentCheck(order, beside: [payment])
        let fault = try #require(check.faults.first)
        #expect(check.faults.count == 1)
        #expect(check.compared == 1)
        guard case .refused(let witness, let violations) = fault.kind else {
            Issue.record("\(fault)")
            return
        }
        let placed = try #require(EventReference("order/placed@1.0"))
        let reader = try Schema.compile(try #require(payment.schemas[placed]), origin: "reader", view: .openReader)
        #expect(reader.validate(witness) == violations)
        #expect(!violations.isEmpty)
        #expect(fault.message.hasPrefix("order 1.0.0 writes order/placed@1.1, payment 1.0.0 reads order/placed@1.0 and would refuse"))
    }

    @Test("A new major version needs readers that name it, and an older one readers that still do")
    func major() throws {
        let total = ["order/placed@2.0": ["total!": "integer"]]
        let order1 = try Snapshots.service("order", outputs: writes)
        let order2 = try Snapshots.service("order", "2.0.0", outputs: "{order.events: [order/placed@2.0]}", total)
        let old = try Snapshots.service("payment", inputs: reads)
        let both = try Snapshots.service("payment", "1.1.0", inputs: "{order.events: [order/placed@1.0, order/placed@2.0]}", total)
        let new = try Snapshots.service("payment", "2.0.0", inputs: "{order.events: [order/placed@2.0]}", total)
        #expect(try faults(order2, old) == ["event order 2.0.0 → payment 1.0.0"])
        #expect(try faults(order2, both) == [])
        #expect(try faults(order1, both) == [])
        #expect(try faults(order1, new) == ["event order 1.0.0 → payment 2.0.0"])
        #expect(try faults(new, order1) == ["event order 1.0.0 → payment 2.0.0"])

        let fault = try #require(try DeploymentCheck(order2, beside: [old]).faults.first)
        #expect(fault.witness == ["total": 0])
        #expect(
            fault.message == "order 2.0.0 writes order/placed@2.0, payment 1.0.0 reads only order/placed@1.0: "
                + "first deploy a version of payment that names this major version too")
    }

    @Test("An event that a reader doesn't name concerns it not, one that it waits for must be written")
    func undeclared() throws {
        let order = try Snapshots.service("order", outputs: "{order.events: [order/placed@1.0, order/noted@1.0]}")
        #expect(try faults(order, Snapshots.service("payment", inputs: reads)) == [])
        let waiting = try Snapshots.service("audit", inputs: "{order.events: [order/shipped@1.0]}")
        #expect(try faults(order, waiting) == ["event order 1.0.0 → audit 1.0.0"])
        // Another topic is another matter: nobody says that order writes to it.
        #expect(try faults(order, Snapshots.service("audit", inputs: "{else.events: [order/shipped@1.0]}")) == [])
    }

    @Test("What can't be proved counts as a refusal")
    func undecided() throws {
        var order = try Snapshots.service("order", outputs: writes)
        let placed = try #require(EventReference("order/placed@1.0"))
        // A document that refutes it would be one of 20,000 items, which nobody builds.
        order.schemas[placed] = [
            "type": "object", "properties": ["id": ["type": "array", "items": ["type": "integer"], "minItems": 20_000]],
            "required": ["id"], "additionalProperties": false,
        ]
        let check = try DeploymentCheck(order, beside: [Snapshots.service("payment", inputs: reads)])
        guard case .undecided? = check.faults.first?.kind else {
            Issue.record("\(check.faults)")
            return
        }
    }

    @Test("Two versions of a service must read each other's state, unless one replaces the other whole")
    func state() throws {
        let old = try Snapshots.service("order")
        let wider = try Snapshots.service("order", "1.1.0", state: "own/state@1.1", ["own/state@1.1": ["id!": "string", "note": "string"]])
        #expect(try faults(wider, old) == [])
        let looser = try Snapshots.service("order", "1.1.0", state: "own/state@1.1", ["own/state@1.1": ["id": "string"]])
        #expect(try faults(looser, old) == ["state order 1.1.0 → order 1.0.0"])
        #expect(try faults(looser, old, rollout: .replace) == [])
        let other = try Snapshots.service("order", "2.0.0", state: "own/state@2.0")
        #expect(try faults(other, old) == ["state order 1.0.0 → order 2.0.0", "state order 2.0.0 → order 1.0.0"])
        #expect(try faults(other, old, rollout: .replace) == ["state order 1.0.0 → order 2.0.0"])
        let lifting = try Snapshots.service("order", "2.0.0", state: "[own/state@1.0, own/state@2.0]")
        #expect(try faults(lifting, old) == ["state order 2.0.0 → order 1.0.0"])
        #expect(try faults(lifting, old, rollout: .replace) == [])
        // Another service's state is its own affair.
        #expect(try faults(other, Snapshots.service("payment")) == [])
    }

    @Test("What is pending belongs to both versions of a service: effects, results, timers")
    func pending() throws {
        func payment(_ version: String, _ effects: String, _ timers: String) throws -> ContractSnapshot {
            try Snapshots.service("payment", version, more: "effects: \(effects)\ntimers: \(timers)")
        }
        let old = try payment("1.0.0", "{requests: [own/charge@1.0], results: [own/charged@1.0]}", "[give-up]")
        let new = try payment("2.0.0", "{requests: [own/charge@2.0], results: [own/charged@2.0]}", "[remind]")
        #expect(
            try faults(new, old) == [
                "effect payment 1.0.0 → payment 2.0.0", "effect payment 2.0.0 → payment 1.0.0", "result payment 1.0.0 → payment 2.0.0",
                "result payment 2.0.0 → payment 1.0.0", "timer payment 1.0.0 → payment 2.0.0", "timer payment 2.0.0 → payment 1.0.0",
            ])
        let both = try payment(
            "1.1.0", "{requests: [own/charge@1.0, own/charge@2.0], results: [own/charged@1.0, own/charged@2.0]}",
            "[give-up, remind]")
        #expect(try faults(both, old, rollout: .replace) == [])
        #expect(try faults(both, new, rollout: .replace) == [])
    }

    @Test("Versions that read different topics can't share a group")
    func topics() throws {
        let old = try Snapshots.service("order")
        let new = try Snapshots.service("order", "1.1.0", inputs: "{client.commands: [own/command@1.0], cart.events: [cart/left@1.0]}")
        #expect(try faults(new, old) == ["topics order 1.1.0 → order 1.0.0"])
        #expect(try faults(new, old, rollout: .replace) == [])
        #expect(try DeploymentCheck(new, beside: [old]).faults.first?.message.contains("cart.events") == true)
    }

    @Test("A service that reads what it writes must read it")
    func own() throws {
        let loop = try Snapshots.service(
            "order", inputs: "{order.events: [order/placed@1.0]}", outputs: "{order.events: [order/placed@2.0]}")
        #expect(try faults(loop) == ["event order 1.0.0 → order 1.0.0"])
    }
}
