import EventContracts
import Testing

@Suite("Service manifests")
struct ManifestReaderTests {
    private let text = """
        service: payment
        version: 1.0.0
        namespace: shop
        inputs:
          order.events: [order/placed@1.0, order/refund-requested@1.0]
        outputs:
          payment.events:
            - payment/authorized@1.0
            - payment/declined@2.1
        state: payment/state@1.0
        effects:
          requests: [payment/charge@1.0]
          results: [payment/charge-answered@1.0]
        timers: [give-up]
        """

    private func read(_ yaml: String) throws(ManifestError) -> ServiceManifest {
        try ManifestReader.read(yaml: yaml, origin: "service.yaml")
    }

    @Test("A manifest is read whole")
    func whole() throws {
        func reference(_ event: String, _ major: Int = 1, _ minor: Int = 0) -> EventReference {
            let names = event.split(separator: "/").map(String.init)
            return EventReference(context: names[0], event: names[1], version: EventVersion(major: major, minor: minor))
        }
        #expect(
            try read(text)
                == ServiceManifest(
                    name: "payment", version: "1.0.0", namespace: "shop",
                    inputs: [.init(name: "order.events", events: [reference("order/placed"), reference("order/refund-requested")])],
                    outputs: [
                        .init(name: "payment.events", events: [reference("payment/authorized"), reference("payment/declined", 2, 1)])
                    ],
                    state: reference("payment/state"), effectRequests: [reference("payment/charge")],
                    effectResults: [reference("payment/charge-answered")], timers: ["give-up"]))
    }

    @Test("Older major versions are named beside the newest, and each has the next one as its successor")
    func majors() throws {
        let manifest = try read(
            text.replacing("order/placed@1.0", with: "order/placed@3.0, order/placed@1.1, order/placed@2.0")
                .replacing("payment/state@1.0", with: "[payment/state@2.0, payment/state@1.3]"))
        #expect(manifest.state == EventReference("payment/state@2.0"))
        #expect(manifest.olderStates == [EventReference("payment/state@1.3")])
        let successors = manifest.events.compactMap { event in manifest.successor(of: event).map { "\(event) → \($0)" } }
        #expect(successors == [
            "order/placed@1.1 → order/placed@2.0", "order/placed@2.0 → order/placed@3.0", "payment/state@1.3 → payment/state@2.0",
        ])
        // What is only written is nothing to be lifted.
        #expect(manifest.successor(of: try #require(EventReference("payment/authorized@1.0"))) == nil)
    }

    @Test("The topics of a service follow from its name, results and timers only where it has such")
    func topics() throws {
        let full = try read(text)
        #expect(full.inputTopics == ["order.events", "payment.results", "payment.timers"])
        #expect(full.outputTopics == ["payment.events"])
        #expect([full.changelogTopic, full.deadLetterTopic] == ["payment.changelog", "payment.dlq"])
        let plain = try read(
            "service: cart\nversion: '1'\nnamespace: shop\ninputs: {cart.commands: [cart/add@1.0]}\noutputs: {}\nstate: cart/state@1.0")
        #expect(plain.inputTopics == ["cart.commands"])
        #expect(plain.outputTopics == [])
    }

    @Test("The manifests of the shop are valid", arguments: Shop.services)
    func shop(service: String) throws {
        let manifest = try Shop.manifest(of: service)
        let catalogue = try Shop.catalogue()
        #expect(manifest.events.filter { !catalogue.references.contains($0) } == [])
    }

    /// One line of the valid manifest replaced by another, and where that is refused.
    struct Defect: Sendable, CustomTestStringConvertible {
        let old: String
        let new: String
        let line: Int
        let message: String
        var testDescription: String { message }
    }

    @Test(
        "What can't be meant is refused with its line",
        arguments: [
            Defect(old: "timers: [give-up]", new: "timers: [", line: 15, message: "not YAML"),
            Defect(old: "version: 1.0.0", new: "version: \"1.0.0", line: 14, message: "not YAML"),
            Defect(old: "version: 1.0.0", new: "service: cart", line: 1, message: "named twice: service"),
            Defect(old: "version: 1.0.0", new: "", line: 1, message: "the member version is missing"),
            Defect(old: "timers: [give-up]", new: "timer: [give-up]", line: 14, message: "unknown member timer"),
            Defect(old: "  requests: [payment/charge@1.0]", new: "  request: []", line: 12, message: "unknown member request"),
            Defect(old: "  requests: [payment/charge@1.0]", new: "", line: 13, message: "the member requests is missing"),
            Defect(old: "payment/declined@2.1", new: "payment/declined", line: 9, message: "payment/declined is not an event"),
            Defect(old: "payment/declined@2.1", new: "payment/authorized@1.0", line: 9, message: "is named twice in one list"),
            Defect(old: "payment/declined@2.1", new: "order/placed@1.1", line: 9, message: "is named as order/placed@1.0 too"),
            Defect(old: "state: payment/state@1.0", new: "state: {}", line: 10, message: "this is not an event"),
            Defect(old: "state: payment/state@1.0", new: "state: []", line: 10, message: "a list of events is expected"),
            Defect(old: "state: payment/state@1.0", new: "state: [a/state@1.0, b/state@2.0]", line: 10, message: "a service has one state"),
            Defect(old: "service: payment", new: "service: ferry", line: 1, message: "belongs to the runtime's own topics"),
            Defect(old: "[order/placed@1.0, order/refund-requested@1.0]", new: "[]", line: 5, message: "a list of events is expected"),
            Defect(old: "  order.events: [", new: "  order events: [", line: 5, message: "a topic's name consists of"),
            Defect(old: "  order.events: [", new: "  payment.results: [", line: 5, message: "payment.results is the service's own"),
            Defect(old: "  payment.events:", new: "  payment.dlq:", line: 7, message: "payment.dlq is the service's own"),
            Defect(old: "  payment.events:", new: "  order.events:", line: 7, message: "a service writes only its own topics"),
            Defect(old: "timers: [give-up]", new: "timers: give-up", line: 14, message: "timers is a list of names"),
            Defect(old: "timers: [give-up]", new: "timers: [give-up, give-up]", line: 14, message: "the timer give-up is named twice"),
            Defect(old: "timers: [give-up]", new: "timers: [Give_Up]", line: 14, message: "a name consists of"),
            Defect(old: "namespace: shop", new: "namespace: ferry", line: 3, message: "belongs to the runtime"),
            Defect(old: "service: payment", new: "service: [payment]", line: 1, message: "a name consists of"),
        ])
    func refused(defect: Defect) throws {
        #expect(text.contains(defect.old))
        #expect {
            try read(text.replacing(defect.old, with: defect.new))
        } throws: { error in
            guard let error = error as? ManifestError else { return false }
            #expect("\(error)" == "service.yaml:\(defect.line): error: \(error.message)")
            return error.line == defect.line && error.message.contains(defect.message)
        }
    }

    @Test("An output has one topic")
    func oneHome() {
        let yaml = text.replacing("state: payment/state@1.0", with: "  payment.audit: [payment/authorized@1.0]\nstate: payment/state@1.0")
        #expect(
            throws: ManifestError(
                origin: "service.yaml", line: 10,
                message: "payment/authorized@1.0 is written to payment.events already; an event has one topic")
        ) { try read(yaml) }
    }

    @Test("What isn't a mapping is no manifest", arguments: ["", "# nothing", "[]", "text"])
    func noManifest(yaml: String) {
        #expect(throws: ManifestError.self) { try read(yaml) }
    }
}
