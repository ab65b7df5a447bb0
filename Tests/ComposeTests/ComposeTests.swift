import Foundation
import Testing

/// What can be told of the compose files without running them.
@Suite("The compose files", .serialized)
struct ComposeTests {
    static let files = ["one-broker.yaml", "three-brokers.yaml"]

    @Test("Images are pinned or built here, and what is built is a stage of the Dockerfile", arguments: files)
    func images(file: String) throws {
        let dockerfile = try String(
            contentsOf: ComposeFile.root.appendingPathComponent("compose/Dockerfile"), encoding: .utf8)
        for (name, service) in try ComposeFile(file).services {
            if let target = service.buildTarget {
                #expect(dockerfile.contains(" AS \(target)\n"), "\(name) is built from the stage \(target)")
            } else {
                let version = try #require(service.image?.split(separator: ":").dropFirst().first, "\(name) has no version")
                #expect(version.split(separator: ".").count == 3, "\(name) has the version \(version)")
            }
        }
    }

    @Test("What the Dockerfile builds are programs of the package")
    func programs() throws {
        func text(_ path: String) throws -> String {
            try String(contentsOf: ComposeFile.root.appendingPathComponent(path), encoding: .utf8)
        }
        let package = try text("Package.swift")
        let programs = try #require(
            try text("compose/Dockerfile").firstMatch(of: /for program in ([a-z -]+); do/)?.1.split(separator: " "))
        #expect(programs.count == 5)
        for program in programs { #expect(package.contains(#".executable(name: "\#(program)""#)) }
    }

    @Test("A service waits only for what there is, and for health only where health is checked", arguments: files)
    func dependencies(file: String) throws {
        let services = try ComposeFile(file).services
        for (name, service) in services {
            for (other, condition) in service.dependencies {
                let other = try #require(services[other], "\(name) waits for \(other), which isn't there")
                if condition == "service_healthy" { #expect(other.hasHealthCheck) }
            }
        }
    }

    @Test("Workers start when the topics are there, and have time to stop", arguments: files)
    func workers(file: String) throws {
        let compose = try ComposeFile(file)
        for name in ["cart-service", "order-service", "payment-service"] {
            let service = try #require(compose.services[name])
            #expect(service.dependencies["topics"] == "service_completed_successfully")
            #expect(service.stopGracePeriod == "30s")
        }
        #expect(compose.services["topics"]?.dependencies.keys.sorted() == compose.brokers.keys.sorted())
    }

    @Test("Nothing is published beyond the host itself, and no port twice", arguments: files)
    func ports(file: String) throws {
        let ports = try ComposeFile(file).services.values.flatMap(\.ports)
        #expect(ports.allSatisfy { $0.hasPrefix("127.0.0.1:") })
        #expect(Set(ports).count == ports.count)
    }

    @Test("Every named volume is declared", arguments: files)
    func volumes(file: String) throws {
        let compose = try ComposeFile(file)
        let used = Set(compose.services.values.flatMap(\.volumes).compactMap { $0.split(separator: ":").first.map(String.init) })
        #expect(used == compose.volumes)
    }

    @Test("The brokers know each other, advertise themselves, and are of one cluster", arguments: files)
    func quorum(file: String) throws {
        let brokers = try ComposeFile(file).brokers
        #expect(!brokers.isEmpty)
        let voters = brokers.map { name, broker in "\(broker.environment["KAFKA_NODE_ID"] ?? "")@\(name):9093" }.sorted()
        #expect(Set(brokers.values.map { $0.environment["CLUSTER_ID"] }).count == 1)
        for (name, broker) in brokers {
            #expect(broker.hostname == name)
            #expect(broker.environment["KAFKA_CONTROLLER_QUORUM_VOTERS"]?.split(separator: ",").map(String.init).sorted() == voters)
            let published = try #require(broker.ports.first?.split(separator: ":").last)
            #expect(
                broker.environment["KAFKA_ADVERTISED_LISTENERS"]
                    == "CONTAINERS://\(name):9092,HOST://127.0.0.1:\(published)")
            #expect(
                broker.environment["KAFKA_LISTENERS"] == "CONTAINERS://:9092,CONTROLLER://:9093,HOST://:\(published)")
        }
    }

    @Test("A cluster identity is 16 bytes in base64url", arguments: files)
    func clusterIdentity(file: String) throws {
        let identity = try #require(try ComposeFile(file).brokers.values.first?.environment["CLUSTER_ID"])
        #expect(identity.count == 22)
        let base64 = identity.replacing("-", with: "+").replacing("_", with: "/") + "=="
        #expect(Data(base64Encoded: base64)?.count == 16)
    }

    @Test("No topic wants more replicas than there are brokers, and one of three may be missing", arguments: files)
    func replication(file: String) throws {
        let compose = try ComposeFile(file)
        let count = compose.brokers.count
        let apply = try #require(compose.services["topics"]?.command)
        let flag = try #require(apply.firstIndex(of: "--replication"))
        #expect(apply[flag + 1] == "\(count)")
        for broker in compose.brokers.values {
            for (name, value) in broker.environment where name.hasSuffix("_REPLICATION_FACTOR") {
                #expect(value == "\(count)", "\(name)")
            }
            for (name, value) in broker.environment where name.hasSuffix("_MIN_ISR") || name == "KAFKA_MIN_INSYNC_REPLICAS" {
                #expect(value == "\(count == 1 ? 1 : count - 1)", "\(name)")
            }
        }
    }

    @Test("Clients are given every broker", arguments: files)
    func bootstrap(file: String) throws {
        let compose = try ComposeFile(file)
        let all = compose.brokers.keys.map { "\($0):9092" }.sorted()
        for name in ["topics", "cart-service", "order-service", "payment-service"] {
            #expect(
                compose.services[name]?.environment["FERRY_BROKERS"]?.split(separator: ",").map(String.init).sorted() == all, "\(name)")
        }
    }
}
