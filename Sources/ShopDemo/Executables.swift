import Foundation

/// The programs of the project, as they were built beside this one.
struct Executables: Sendable {
    let folder: URL

    /// - Throws: ``DemoFailure`` naming what is missing.
    init(folder: URL) throws {
        self.folder = folder
        for name in ["ferry", "cart-service", "order-service", "payment-service", "payment-gateway"]
        where !FileManager.default.isExecutableFile(atPath: url(name).path) {
            throw DemoFailure("\(url(name).path) is missing: build it first, for example with `make build`")
        }
    }

    func url(_ name: String) -> URL { folder.appendingPathComponent(name) }
}
