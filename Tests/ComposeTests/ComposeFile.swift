import Foundation
import Testing
import Yams

/// A compose file as its services end up: what they extend is merged in, as compose does.
struct ComposeFile {
    /// A service's settings, as far as the tests ask for them.
    struct Service {
        var image: String?
        var buildTarget: String?
        var hostname: String?
        var environment: [String: String]
        var ports: [String]
        var volumes: [String]
        var command: [String]
        /// What it waits for, and for which state of it.
        var dependencies: [String: String]
        var hasHealthCheck: Bool
        var stopGracePeriod: String?
    }

    static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    let services: [String: Service]
    let volumes: Set<String>

    var brokers: [String: Service] { services.filter { $0.value.image?.hasPrefix("apache/kafka") == true } }

    init(_ name: String) throws {
        let document = try Self.load(name)
        let described = try #require(document["services"] as? [String: [String: Any]])
        services = try described.mapValues { try Service(Self.extended($0)) }
        volumes = Set((document["volumes"] as? [String: Any] ?? [:]).keys)
    }

    private static func load(_ name: String) throws -> [String: Any] {
        let text = try String(contentsOf: root.appendingPathComponent("compose/\(name)"), encoding: .utf8)
        return try #require(try Yams.load(yaml: text) as? [String: Any])
    }

    private static func extended(_ service: [String: Any]) throws -> [String: Any] {
        guard let extends = service["extends"] as? [String: String] else { return service }
        let file = try #require(extends["file"])
        let name = try #require(extends["service"])
        let base = try #require((try load(file)["services"] as? [String: [String: Any]])?[name], "\(file) has no \(name)")
        return base.merging(service) { base, own in
            guard let base = base as? [String: Any], let own = own as? [String: Any] else { return own }
            return base.merging(own) { $1 }
        }
    }
}

extension ComposeFile.Service {
    init(_ yaml: [String: Any]) throws {
        image = yaml["image"] as? String
        buildTarget = (yaml["build"] as? [String: Any])?["target"] as? String
        hostname = yaml["hostname"] as? String
        // A value that isn't quoted is a number or a truth value in YAML, and compose wants text.
        environment = try #require((yaml["environment"] ?? [String: String]()) as? [String: String], "an unquoted value")
        ports = yaml["ports"] as? [String] ?? []
        volumes = yaml["volumes"] as? [String] ?? []
        command = yaml["command"] as? [String] ?? []
        dependencies = (yaml["depends_on"] as? [String: [String: String]] ?? [:]).compactMapValues { $0["condition"] }
        hasHealthCheck = (yaml["healthcheck"] as? [String: Any])?["test"] != nil
        stopGracePeriod = yaml["stop_grace_period"] as? String
    }
}
