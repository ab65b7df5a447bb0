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

    static var brokers: String { ProcessInfo.processInfo.environment["FERRY_BROKERS"] ?? "" }

    func remove() {
        try? FileManager.default.removeItem(at: folder)
    }

    func run(
        _ journeys: Journeys..., paymentTimeout: Duration = .seconds(60), chaos: Bool = false, rate: Int? = nil,
        beforeEach: @escaping @Sendable (Int, Shop) async throws -> Void = { _, _ in }
    ) async throws -> DemoRun.Result {
        let files = journeys.indices.map { folder.appendingPathComponent("journeys-\($0).jsonl") }
        for (file, journeys) in zip(files, journeys) { try journeys.text.write(to: file, atomically: true, encoding: .utf8) }
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let run = DemoRun(
            settings: DemoRun.Settings(
                shop: Shop.Settings(
                    brokers: Self.brokers, topicPrefix: prefix, folder: folder,
                    orderPaymentTimeout: paymentTimeout),
                journeys: files.map(\.path),
                beforeEach: beforeEach,
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
