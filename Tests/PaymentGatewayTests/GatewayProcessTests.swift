import Foundation
import Testing

@testable import PaymentGateway

@Suite("The gateway as a process", .timeLimit(.minutes(1)))
struct GatewayProcessTests {
    private let order = #"{"orderId":"o-1","amountCents":1250,"paymentMethod":"card-4242"}"#

    private func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gateway-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    @Test("It says where it listens, in one line and in the port file")
    func announces() async throws {
        try await withFolder { folder in
            let server = try await GatewayServer(folder: folder)
            #expect(server.greeting == "payment-gateway listens on \(server.client.address.absoluteString)\n")
        }
    }

    @Test("What it has answered survives kill -9")
    func killed() async throws {
        try await withFolder { folder in
            let first = try await GatewayServer(folder: folder)
            let answer = try await first.client.post("charges", key: "k-1", order)
            #expect(answer.status == 201)
            #expect(first.end(by: SIGKILL).0 == .uncaughtSignal)
            let second = try await GatewayServer(folder: folder)
            let again = try await second.client.post("charges", key: "k-1", order)
            #expect(again.status == 200)
            #expect(again.text == answer.text)
        }
    }

    @Test("SIGTERM ends it with 0, and does not wait for a card that is silent; that one is not charged")
    func terminated() async throws {
        try await withFolder { folder in
            let server = try await GatewayServer(folder: folder)
            let client = server.client
            async let silent = client.post(
                "charges", key: "k-1", #"{"orderId":"o-1","amountCents":1250,"paymentMethod":"card-silent"}"#)
            _ = try await client.post("charges", key: "k-2", order)
            let (reason, status, duration) = server.end(by: SIGTERM)
            #expect(reason == .exit)
            #expect(status == 0)
            #expect(duration < .seconds(10))
            // Refused if the signal was faster than the call, and told so if it was waiting; never answered with a charge.
            if let silent = try? await silent { #expect(silent.status == 503) }
            let ledger = try Ledger(path: folder.appendingPathComponent("ledger.sqlite").path)
            #expect(try await ledger.totals()?.charges == 1)
            try ledger.close()
        }
    }

    @Test(
        "Wrong usage exits with 2",
        arguments: [
            [], ["--database", "x", "--port", "65536"], ["--database", "x", "--error-rate", "1.5"],
            ["--database", "x", "--slow-delay", "-1"], ["--database", "x", "--unknown"],
        ])
    func usage(arguments: [String]) throws {
        #expect(try GatewayServer.exitStatus(arguments) == 2)
    }

    @Test("A ledger that can't be opened, or a port file that can't be written, exits with 1")
    func unusable() async throws {
        try await withFolder { folder in
            let missing = folder.appendingPathComponent("missing/file").path
            let ledger = folder.appendingPathComponent("ledger.sqlite").path
            let statuses = [
                try GatewayServer.exitStatus(["--database", missing]),
                try GatewayServer.exitStatus(["--database", ledger, "--port-file", missing]),
            ]
            #expect(statuses == [1, 1])
        }
    }
}
