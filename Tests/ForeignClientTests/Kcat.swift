import Foundation

/// kcat, which takes its own flags.
enum Kcat {
    static func run(_ arguments: [String], input: String = "") async throws -> [Data] {
        try await Program.run(
            URL(fileURLWithPath: "/usr/bin/env"), ["kcat", "-b", Broker.servers ?? "", "-q"] + arguments, input: input)
    }
}
