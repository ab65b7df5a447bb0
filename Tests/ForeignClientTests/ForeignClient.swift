import Foundation
import Testing

/// A Kafka client of others, run as a process.
enum ForeignClient: String, CaseIterable, CustomTestStringConvertible {
    case confluent, aiokafka

    var testDescription: String { self == .confluent ? "confluent-kafka" : rawValue }

    /// Runs a verb of the client's script against the broker.
    ///
    /// - Parameter input: the lines of its standard input.
    /// - Returns: the JSON lines that it printed.
    func run(_ verb: String, _ arguments: String..., input: String = "") async throws -> [Data] {
        try await run(verb, arguments: arguments, input: input)
    }

    /// As ``run(_:_:input:)``, for a verb that prints one object.
    func ask<Answer: Decodable>(_ type: Answer.Type, _ verb: String, _ arguments: String...) async throws -> Answer {
        try await ask(type, verb, arguments: arguments)
    }

    func ask<Answer: Decodable>(_ type: Answer.Type, _ verb: String, arguments: [String]) async throws -> Answer {
        try JSONDecoder().decode(type, from: try await run(verb, arguments: arguments, input: "").last ?? Data())
    }

    private func run(_ verb: String, arguments: [String], input: String) async throws -> [Data] {
        let script = Self.folder.appendingPathComponent("Clients/\(rawValue)_client.py").path
        return try await Program.run(
            try await Program.python(), [script, Broker.servers ?? "", verb] + arguments, input: input)
    }

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
}
