import Foundation
import JSONSchema

/// The official JSON-Schema-Test-Suite, from a folder that has `tests/` and `remotes/`.
struct OfficialSuite {
    let folder: URL
    let resolver: SchemaResolver

    struct Tally {
        var passed = 0
        /// What failed, by the descriptions in the suite.
        var failures: [String] = []

        var total: Int { passed + failures.count }
    }

    init(folder: URL) {
        self.folder = folder
        let remotes = folder.appending(path: "remotes")
        resolver = SchemaResolver { uri in
            let server = "http://localhost:1234/"
            guard uri.hasPrefix(server) else { return nil }
            let file = remotes.appending(path: String(uri.dropFirst(server.count)))
            guard FileManager.default.fileExists(atPath: file.path) else { return nil }
            return try JSONParser.parse(Array(Data(contentsOf: file)))
        }
    }

    /// The names of the files in a folder of draft 2020-12, sorted.
    func files(in part: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "tests/draft2020-12").appending(path: part).path)
            .filter { $0.hasSuffix(".json") }.sorted()
    }

    /// Each test with either way of validating: the two must agree.
    func run(_ path: String, options: SchemaOptions) throws -> Tally {
        let file = folder.appending(path: "tests/draft2020-12").appending(path: path)
        var tally = Tally()
        guard case .array(let groups) = try JSONParser.parse(Array(Data(contentsOf: file))) else { return tally }
        for group in groups {
            guard let schema = group["schema"], case .array(let tests)? = group["tests"] else { continue }
            let compiled = Result { try Schema.compile(schema, origin: path, options: options, resolver: resolver) }
            for test in tests {
                guard let data = test["data"], let expected = test["valid"] else { continue }
                let name = "\(path): \(group["description"]?.string ?? ""): \(test["description"]?.string ?? "")"
                switch compiled {
                case .failure(let error): tally.failures.append("\(name): \(error)")
                case .success(let compiled):
                    let violations = compiled.validate(data)
                    if .bool(compiled.isValid(data)) == expected, .bool(violations.isEmpty) == expected {
                        tally.passed += 1
                    } else {
                        tally.failures.append("\(name): valid is \(expected), found \(violations)")
                    }
                }
            }
        }
        return tally
    }
}
