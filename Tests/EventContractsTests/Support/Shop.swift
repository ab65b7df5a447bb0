import EventContracts
import Foundation

/// The contracts of the shop, as they lie in the repository.
enum Shop {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func catalogue() throws -> SchemaCatalogue {
        try SchemaCatalogue(folder: root.appendingPathComponent("schemas"))
    }

    static let services = ["CartService", "OrderService", "PaymentService"]

    static func manifest(of service: String) throws -> ServiceManifest {
        let file = root.appendingPathComponent("Sources/\(service)/service.yaml")
        return try ManifestReader.read(yaml: String(contentsOf: file, encoding: .utf8), origin: file.path)
    }
}
