import FerryTesting
import Foundation
import KafkaClient
import Logging
import Synchronization
import Testing

@testable import ShopDemo

/// The order service moves from `order/placed` 1.x to 2.0 and back while the shop is open. The payment service reads both.
@Suite("Services on different versions", .serialized, .enabled(if: ProcessInfo.processInfo.environment["FERRY_BROKERS"] != nil, "needs FERRY_BROKERS: run `make test`"))
struct VersionsTests {
    /// Who is at work while a batch of journeys is worked off.
    enum Phase: Int, CaseIterable {
        case old, besideEachOther, new, rolledBack
    }

    @Test("Order services of two major versions run in turn and beside each other, then the newer one is taken back: the books balance", .timeLimit(.minutes(6)))
    func twoMajors() async throws {
        let shop = try TestShop()
        defer { shop.remove() }
        let journeys = Phase.allCases.map { phase in
            var journeys = Journeys()
            for number in 0..<30 { journeys.buy("\(phase)-\(number)", cents: 100 + number, with: "card-4242") }
            for number in 0..<3 { journeys.buy("\(phase)-declined-\(number)", cents: 100, with: "card-declined") }
            return journeys
        }
        let placed = Mutex<[[String: Int]]>([])
        let prefix = shop.prefix
        let result = try await shop.run(journeys[0], journeys[1], journeys[2], journeys[3]) { index, shop in
            let counts = try await Self.placed(prefix: prefix, brokers: shop.brokers)
            placed.withLock { $0.append(counts) }
            switch Phase(rawValue: index) {
            case .besideEachOther: try await shop.add("OrderServiceNext", to: .order, as: "next")
            case .new: try await shop.stop(.order)
            case .rolledBack:
                try await shop.add("order-service", to: .order, as: "again")
                try await shop.stop(added: "next")
            case .old, nil: break
            }
        }
        #expect(result.verdict.faults == [])
        #expect(result.books.placed == 132)
        #expect(result.books.confirmed == 120)
        #expect(result.books.cancelled == ["paymentDeclined": 12])

        // That the versions really took turns, and really worked side by side: what each phase added to the topic, by version.
        let before = placed.withLock { $0 } + [try await Self.placed(prefix: prefix, brokers: TestShop.brokers)]
        let added = zip(before.dropFirst(), before).map { later, earlier in
            ["v1": later["v1", default: 0] - earlier["v1", default: 0], "v2": later["v2", default: 0] - earlier["v2", default: 0]]
        }
        #expect(added[Phase.old.rawValue] == ["v1": 33, "v2": 0])
        #expect(added[Phase.besideEachOther.rawValue].values.reduce(0, +) == 33)
        #expect(added[Phase.besideEachOther.rawValue].values.allSatisfy { $0 > 0 })
        #expect(added[Phase.new.rawValue] == ["v1": 0, "v2": 33])
        #expect(added[Phase.rolledBack.rawValue] == ["v1": 33, "v2": 0])
    }

    /// How many orders were placed, by major version.
    private static func placed(prefix: String, brokers: String) async throws -> [String: Int] {
        let reader = try TopicReader(
            KafkaConfiguration(bootstrapServers: brokers, clientID: "shop-tests"), topicPrefix: prefix,
            logger: Logger(label: "shop-tests") { _ in SwiftLogNoOpLogHandler() })
        var counts: [String: Int] = [:]
        do {
            try await reader.read(prefix + "order.events", from: .earliest) { record in
                for version in ["v1", "v2"] where record.headers.contains(KafkaHeader("ce_type", "shop.order.placed.\(version)")) {
                    counts[version, default: 0] += 1
                }
            }
        } catch {
            await reader.close()
            throw error
        }
        await reader.close()
        return counts
    }
}
