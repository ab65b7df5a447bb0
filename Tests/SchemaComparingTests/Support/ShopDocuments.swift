import Foundation
import JSONSchema

/// The schemas of the shop, as documents.
enum ShopDocuments {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("schemas")

    static func schemas() throws -> [JSONValue] {
        let paths = (FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []).sorted()
        return try paths.filter { $0.hasSuffix(".json") && !$0.hasSuffix(".examples.json") }.map { path in
            try JSONValue(text: String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8))
        }
    }
}
