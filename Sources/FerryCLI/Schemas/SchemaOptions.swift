import ArgumentParser
import EventContracts
import Foundation
import JSONSchema

/// What every verb for schemas takes.
struct SchemaOptions: ParsableArguments {
    @Option(help: "Folder of the schemas (FERRY_SCHEMAS).")
    var schemas: String = ProcessInfo.processInfo.environment["FERRY_SCHEMAS"] ?? "schemas"

    @Flag(help: "Print one JSON object instead of text.")
    var json = false

    func catalogue() throws(CommandFailure) -> SchemaCatalogue {
        do {
            return try SchemaCatalogue(folder: URL(fileURLWithPath: schemas))
        } catch {
            throw .invalid("\(error); name the folder with --schemas")
        }
    }

    /// The versions of the events named: `order/placed`, `order/placed@1.1`, or all.
    func select(_ names: [String], of catalogue: SchemaCatalogue) throws(CommandFailure) -> [EventReference] {
        if names.isEmpty { return catalogue.references }
        var selected: [EventReference] = []
        for name in names {
            let found = catalogue.references.filter { "\($0.context)/\($0.event)" == name || $0.description == name }
            guard !found.isEmpty else {
                throw .invalid("there is no \(name) in \(catalogue.folder.path); an event is named like order/placed")
            }
            selected += found
        }
        return Set(selected).sorted()
    }

    /// What the catalogue can't do is an invalid input.
    func attempt<Result>(_ body: () throws(CatalogueError) -> Result) throws(CommandFailure) -> Result {
        do {
            return try body()
        } catch {
            throw .invalid("\(error)")
        }
    }

    /// Prints what is wrong, and ends with 1 if anything is.
    func report(_ problems: [CatalogueError], or summary: String) throws {
        if json {
            try Output.line(["problems": .array(problems.map(\.json)), "valid": .bool(problems.isEmpty)])
        } else {
            try Output.text(problems.map { "\($0)\n" }.joined() + (problems.isEmpty ? summary + "\n" : ""))
        }
        if !problems.isEmpty { throw ExitCode(CommandFailure.Kind.invalid.rawValue) }
    }
}

extension CatalogueError {
    var json: JSONValue {
        var json: JSONObject = ["file": .string(origin), "message": .string(message), "pointer": .string(pointer.description)]
        json["line"] = line.map { .number(JSONNumber($0)) }
        return .object(json)
    }
}
