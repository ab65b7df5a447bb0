import Foundation

@testable import ShopDemo

/// A shop of its own for one test: topics, groups and files that no other test has.
struct TestShop {
    let folder: URL
    let prefix: String
    private let executables: Executables

    init() throws {
        let name = "shop-\(UUID().uuidString.prefix(8).lowercased())"
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        prefix = "\(name)."
        // The programs lie beside the tests: on Linux in the bundle's own folder, on macOS in the one around it.
        let bundle = Bundle(for: Anchor.self).bundleURL
        executables = try (try? Executables(folder: bundle)) ?? Executables(folder: bundle.deletingLastPathComponent())
    }

    private final class Anchor {}

    func remove() {
        try? FileManager.default.removeItem(at: folder)
    }

    func run(
        _ journeys: Journeys, paymentTimeout: Duration = .seconds(60), chaos: Bool = false, rate: Int? = nil
    ) async throws -> DemoRun.Result {
        let file = folder.appendingPathComponent("journeys.jsonl")
        try journeys.text.write(to: file, atomically: true, encoding: .utf8)
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let run = DemoRun(
            settings: DemoRun.Settings(
                shop: Shop.Settings(
                    brokers: ProcessInfo.processInfo.environment["FERRY_BROKERS"] ?? "", topicPrefix: prefix, folder: folder,
                    orderPaymentTimeout: paymentTimeout),
                journeys: [file.path],
                chaos: chaos,
                publishRate: rate,
                deadline: .seconds(120),
                schemas: root.appendingPathComponent("schemas").path,
                manifests: root.appendingPathComponent("Sources").path
            ),
            executables: executables,
            tell: { _ in }
        )
        return try await run.run()
    }
}
