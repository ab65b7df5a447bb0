import Foundation
import Testing

/// Who may know whom. A new edge is a decision: make it here, in docs/design.md and in Package.swift.
private let allowed: [String: Set<String>] = [
    "CLibrdkafka": [],
    "CAllocationCounter": [],
    "KafkaClient": ["CLibrdkafka"],
    "KafkaClientServices": ["KafkaClient"],
    "JSONSchema": [],
    "EventContracts": ["JSONSchema"],
    "EventCatalog": ["EventContracts", "JSONSchema"],
    "EventTypeGenerator": ["EventContracts", "JSONSchema"],
    "EventTypes": ["EventTypeGenerator"],
    "EveryConstruct": ["EventContracts", "JSONSchema"],
    "Ferry": ["KafkaClient", "EventContracts", "JSONSchema"],
    "FerryTesting": ["Ferry", "KafkaClient", "EventContracts", "JSONSchema"],
    "CartService": ["Ferry", "EventContracts", "JSONSchema"],
    "OrderService": ["Ferry", "EventContracts", "JSONSchema"],
    "OrderServiceNext": ["Ferry", "EventContracts", "JSONSchema"],
    "PaymentService": ["Ferry", "EventContracts", "JSONSchema"],
    "PaymentGateway": [],
    "EmbeddedKafka": [],
    "ExactlyOnceWorker": ["KafkaClient"],
    "ShopDemo": ["FerryTesting", "KafkaClient", "EventContracts", "JSONSchema"],
    "FerryCLI": ["KafkaClient", "EventContracts", "EventCatalog", "JSONSchema", "EmbeddedKafka"],
]

private let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

@Suite("The modules know only whom they may")
struct ModuleEdgesTests {
    @Test("The package declares no edge that isn't allowed")
    func declaredEdges() throws {
        for target in try PackageDescription.read().targets where target.type != "test" {
            let permitted = try #require(allowed[target.name], "\(target.name) is not in the table of allowed edges")
            #expect(target.edges.subtracting(permitted) == [], "\(target.name) declares an edge that isn't allowed")
        }
    }

    @Test("No source imports a module of the package that its target may not know", arguments: allowed.keys.sorted())
    func imports(target: String) throws {
        let permitted = allowed[target, default: []].union([target])
        let forbidden = Set(allowed.keys).subtracting(permitted)
        for file in try sources(in: "Sources/\(target)") {
            let text = try String(contentsOf: file, encoding: .utf8)
            for line in text.split(separator: "\n") where line.contains("import ") {
                let words = line.split(whereSeparator: { " .".contains($0) }).map(String.init)
                guard let index = words.firstIndex(of: "import"), index + 1 < words.count else { continue }
                #expect(!forbidden.contains(words[index + 1]), "\(file.lastPathComponent): \(line)")
            }
        }
    }

    @Test("Rules know neither Kafka nor another service", arguments: ["CartService", "OrderService", "PaymentService"])
    func rules(service: String) throws {
        let files = try sources(in: "Sources/\(service)/Rules")
        #expect(!files.isEmpty)
        for file in files {
            let imports = try String(contentsOf: file, encoding: .utf8)
                .split(separator: "\n").filter { $0.hasPrefix("import ") }
            #expect(Set(imports).subtracting(["import Ferry"]) == [], "\(file.lastPathComponent)")
        }
    }

    private func sources(in folder: String) throws -> [URL] {
        let folder = root.appendingPathComponent(folder)
        guard let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else { return [] }
        return all.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
    }
}

/// What `swift package dump-package` says, as far as edges go.
private struct PackageDescription: Decodable {
    struct Target: Decodable {
        struct Dependency: Decodable {
            var byName: [String?]?
            var target: [String?]?

            enum CodingKeys: CodingKey { case byName, target }

            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: CodingKeys.self)
                // Each is [name, condition]; the condition, an object or null, doesn't matter here.
                byName = (try? container.decodeIfPresent([String?].self, forKey: .byName)) ?? nil
                target = (try? container.decodeIfPresent([String?].self, forKey: .target)) ?? nil
            }
        }

        var name: String
        var type: String
        var dependencies: [Dependency]

        var edges: Set<String> {
            Set(dependencies.compactMap { ($0.byName ?? $0.target)?.first ?? nil })
        }
    }

    var targets: [Target]

    static func read() throws -> PackageDescription {
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("ferry-edges-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: scratch) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        // A scratch folder of its own: the tests themselves hold the lock of the usual one.
        process.arguments = ["swift", "package", "--package-path", root.path, "--scratch-path", scratch.path, "dump-package"]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return try JSONDecoder().decode(PackageDescription.self, from: data)
    }
}
