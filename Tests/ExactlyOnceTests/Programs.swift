import Foundation

/// The programs of the package, which lie beside the tests: on Linux in the bundle's own folder, on macOS in the one around it.
struct Programs {
    private let folder: URL

    init() throws {
        let bundle = Bundle(for: Anchor.self).bundleURL
        let folders = [bundle, bundle.deletingLastPathComponent()]
        guard let folder = folders.first(where: { FileManager.default.isExecutableFile(atPath: $0.appendingPathComponent("ferry").path) })
        else { throw ChaosFailure("no ferry beside \(bundle.path)") }
        self.folder = folder
    }

    private final class Anchor {}

    func url(_ name: String) -> URL { folder.appendingPathComponent(name) }
}
