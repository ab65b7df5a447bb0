import Testing

@testable import Ferry

@Suite("The topics of a service fit each other")
struct TopicCheckTests {
    @Test("Equal counts are fine")
    func equal() {
        #expect(TopicCheck.fault(in: ["cart.commands": 4, "cart.changelog": 4]) == nil)
    }

    @Test("Missing topics are named, with the remedy")
    func missing() {
        #expect(
            TopicCheck.fault(in: ["cart.commands": 4, "cart.dlq": 0, "cart.changelog": 0])
                == "missing topics: cart.changelog, cart.dlq; create them with `ferry topics apply`")
    }

    @Test("Unequal counts are refused with every count")
    func unequal() {
        #expect(
            TopicCheck.fault(in: ["cart.commands": 4, "cart.changelog": 6])
                == "all topics of a service need the same number of partitions, so that state stays local: "
                + "cart.changelog has 6, cart.commands has 4")
    }
}
