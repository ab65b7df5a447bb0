import EventContracts
import Testing

@Suite("Topic plans")
struct TopicPlanTests {
    @Test("The shop's topics follow from its manifests, whatever their order")
    func shop() throws {
        let manifests = try Shop.services.map(Shop.manifest)
        let plan = TopicPlan(manifests, partitions: 4, replication: 3)
        let compacted = ["cart.changelog", "ferry.contracts", "order.changelog", "payment.changelog"]
        let names = [
            "cart.changelog", "cart.commands", "cart.dlq", "cart.events", "ferry.contracts", "order.changelog", "order.commands",
            "order.dlq", "order.events", "order.timers", "payment.changelog", "payment.dlq", "payment.events", "payment.results",
        ]
        #expect(
            plan.topics
                == names.map {
                    TopicPlan.Topic(
                        name: $0, partitions: $0 == "ferry.contracts" ? 1 : 4, replication: 3,
                        configuration: ["cleanup.policy": compacted.contains($0) ? "compact" : "delete"])
                })
        #expect(TopicPlan(manifests.reversed(), partitions: 4, replication: 3) == plan)
    }

    @Test("A changelog stays compacted though another service reads it")
    func foreignChangelog() {
        let state = EventReference(context: "cart", event: "state", version: EventVersion(major: 1, minor: 0))
        let cart = ServiceManifest(name: "cart", version: "1", namespace: "shop", inputs: [], outputs: [], state: state)
        let audit = ServiceManifest(
            name: "audit", version: "1", namespace: "shop", inputs: [.init(name: "cart.changelog", events: [state])], outputs: [],
            state: state)
        let topics = TopicPlan([audit, cart], partitions: 1, replication: 1).topics
        #expect(topics.map(\.name) == ["audit.changelog", "audit.dlq", "cart.changelog", "cart.dlq", "ferry.contracts"])
        #expect(topics.map { $0.configuration["cleanup.policy"] } == ["compact", "delete", "compact", "delete", "compact"])
    }
}
