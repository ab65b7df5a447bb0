import Foundation
import JSONSchema
import Testing

@Suite("ferry schema")
struct SchemaVerbTests {
    /// A copy of the shop's schemas, to be changed.
    private final class SchemaFolder {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("ferry-schemas-\(UUID().uuidString)")

        init() throws {
            try FileManager.default.copyItem(at: CommandLineRun.projectFolder.appendingPathComponent("schemas"), to: url)
        }

        deinit { try? FileManager.default.removeItem(at: url) }

        /// Writes a version of `order/placed` that is made from another one.
        func derive(_ version: String, from original: String, _ replacements: [(String, String)]) throws {
            for (suffix, edits) in [(".json", replacements + [("/\(original).json", "/\(version).json")]), (".examples.json", [])] {
                var text = try String(contentsOf: url.appendingPathComponent("order/placed/\(original)\(suffix)"), encoding: .utf8)
                for (old, new) in edits {
                    #expect(text.contains(old))
                    text = text.replacing(old, with: new)
                }
                try Data(text.utf8).write(to: url.appendingPathComponent("order/placed/\(version)\(suffix)"))
            }
        }

        func run(_ line: String, input: String = "") async throws -> CommandLineRun {
            try await CommandLineRun.run("ferry schema \(line)", input: input, environment: ["FERRY_SCHEMAS": url.path])
        }

        func json(_ line: String) async throws -> JSONValue {
            let run = try await run(line + " --json")
            return try JSONParser.parse(Array(run.output.utf8.dropLast()))
        }
    }

    @Test("The shop's schemas pass the check, and are told in the registry's words")
    func check() async throws {
        let folder = try SchemaFolder()
        let run = try await folder.run("check order/placed@1.1")
        #expect(run.exitCode == 0)
        let added = "  OPTIONAL_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL #/properties/itemCount\n"
        #expect(run.output.contains("yes     order/placed  1.1 reads 1.0\n" + added))
    }

    @Test("A narrower version is refused with a document and the line of the schema, and isn't released")
    func refused() async throws {
        let folder = try SchemaFolder()
        try folder.derive("1.2", from: "1.1", [("\"maximum\": 1000000000\n    }", "\"maximum\": 1000000\n    }")])
        let run = try await folder.run("check order/placed")
        #expect(run.exitCode == 1)
        #expect(run.output.contains("no      order/placed  1.2 reads 1.1\n  1.1 may write  {"))
        #expect(run.output.contains("1.2 refuses    /itemCount: expected at most 1000000, found "))
        #expect(run.output.contains("order/placed/1.2.json:"))
        #expect(run.output.contains("MAXIMUM_DECREASED #/properties/itemCount/maximum (forbidden by Confluent's registry)"))
        let json = try await folder.json("check order/placed")
        #expect(json["compatible"] == false)
        guard case .array(let checks)? = json["checks"] else {
            Issue.record("no checks: \(json)")
            return
        }
        let refusal = try #require(checks.first { $0["reader"] == "order/placed@1.2" && $0["writer"] == "order/placed@1.1" })
        #expect(refusal["verdict"] == "no")
        #expect(refusal["witness"]?["itemCount"] != nil)

        let release = try await folder.run("release")
        #expect(release.exitCode == 1)
        #expect(release.output.contains("order/placed@1.2 can't read what order/placed@1.1 writes"))
        let lock = try String(contentsOf: folder.url.appendingPathComponent("schemas.lock"), encoding: .utf8)
        #expect(!lock.contains("order/placed/1.2.json"))
    }

    @Test("The registry's policy gives the registry's verdict")
    func registry() async throws {
        let folder = try SchemaFolder()
        #expect(try await folder.run("check order/placed --policy confluent-backward").exitCode == 0)
        let forward = try await folder.run("check order/placed --policy confluent-forward")
        #expect(forward.exitCode == 1)
        let removed = "PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL #/properties/itemCount (forbidden by Confluent's registry)"
        #expect(forward.output.contains(removed))
    }

    @Test("A new version is released once, and a released one that changed is refused")
    func release() async throws {
        let folder = try SchemaFolder()
        try folder.derive("1.2", from: "1.1", [])
        #expect(try await folder.run("release --dry-run").output == "would release  order/placed@1.2\n")
        #expect(try await folder.run("release").output == "released  order/placed@1.2\n")
        #expect(try await folder.run("release").output.hasPrefix("nothing new: "))
        try folder.derive("1.2", from: "1.1", [("over all lines", "in all lines")])
        for verb in ["check", "release"] {
            let run = try await folder.run(verb)
            #expect(run.exitCode == 1)
            #expect(run.output.contains("order/placed/1.2.json:1: error: was released and has changed"))
        }
    }

    @Test("What breaks a rule of the house is told at its line")
    func lint() async throws {
        let folder = try SchemaFolder()
        #expect(try await folder.run("lint").exitCode == 0)
        let sum = "\",\n      \"description\": \"Sum"
        try folder.derive("1.2", from: "1.1", [("\"type\": \"integer" + sum, "\"type\": \"number" + sum)])
        let run = try await folder.run("lint order/placed")
        #expect(run.exitCode == 1)
        #expect(run.output.contains("order/placed/1.2.json:"))
        #expect(run.output.contains("error: #/properties/totalCents: money is no floating-point number"))
    }

    @Test("Two versions are compared place by place")
    func diff() async throws {
        let folder = try SchemaFolder()
        let run = try await folder.run("diff order/placed@1.0 order/placed@1.1")
        #expect(run.exitCode == 0)
        #expect(run.output.contains("+ /itemCount  optional; type \"integer\""))
        #expect(run.output.contains("the newer reads what the older writes: yes"))
        let json = try await folder.json("diff order/placed@1.0 order/placed@1.1")
        #expect(json["forward"] == ["verdict": "yes"])
    }

    @Test("A document is validated against a version, a type or a file")
    func validate() async throws {
        let folder = try SchemaFolder()
        let document = #"{"cartId":"c","sku":"s","quantity":0,"unitPriceCents":1,"colour":"red"}"#
        let writer = try await folder.run("validate cart/add-item@1.0", input: document)
        #expect(writer.exitCode == 1)
        #expect(writer.output.contains("standard input:1: error: #/quantity: expected at least 1, found 0 ("))
        #expect(writer.output.contains("standard input:1: error: #/colour: the member \"colour\" is not declared"))
        let reader = try await folder.run("validate shop.cart.add-item.v1 --reader", input: document.replacing(":0,", with: ":1,"))
        #expect(reader.exitCode == 0)
        #expect(reader.output == "valid: standard input is a cart/add-item@1.0\n")
        let file = try await folder.run("validate \(folder.url.path)/cart/add-item/1.0.json - --json", input: "{}")
        #expect(file.exitCode == 1)
        #expect(file.output.contains(#""valid":false"#))
        let malformed = try await folder.run("validate cart/add-item@1.0", input: "{")
        #expect(malformed.exitCode == 1 && malformed.errors.hasPrefix("ferry: standard input:1: error: not JSON"))
    }

    @Test("Wrong usage and unknown names have their exit codes")
    func exitCodes() async throws {
        let folder = try SchemaFolder()
        #expect(try await folder.run("check --policy sideways").exitCode == 2)
        #expect(try await folder.run("diff one").exitCode == 2)
        #expect(try await folder.run("check order/nothing").exitCode == 1)
        #expect(try await folder.run("check --schemas /nowhere").exitCode == 1)
        #expect(try await folder.run("validate order/nothing@1.0").exitCode == 1)
    }
}
