import ArgumentParser
import EventContracts
import JSONSchema

struct SchemaRelease: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Add the digests of new schemas to schemas.lock; from then on they never change.",
        discussion: """
            Nothing is released if a released file has changed or is gone, if a new schema breaks a rule of the house, or if it doesn't go \
            with the earlier versions of its major: see ferry schema check and ferry schema lint.
            """
    )

    @Argument(help: "Events, like order/placed, or versions, like order/placed@1.1; without any, all that are new.")
    var events: [String] = []

    @Flag(help: "Only say what would be released.")
    var dryRun = false

    @OptionGroup var options: SchemaOptions

    func run() throws {
        let catalogue = try options.catalogue()
        var lock = try options.attempt { () throws(CatalogueError) -> SchemaLock in try SchemaLock(of: catalogue) }
        let new = try options.select(events, of: catalogue).filter { !lock.isReleased($0) }
        for reference in new {
            try options.attempt { () throws(CatalogueError) -> Void in try lock.release(reference, in: catalogue) }
        }
        let problems = try options.attempt { () throws(CatalogueError) -> [CatalogueError] in try obstacles(new, lock, catalogue) }
        guard problems.isEmpty else { return try options.report(problems, or: "") }
        if !dryRun, !new.isEmpty { try options.attempt { () throws(CatalogueError) -> Void in try lock.write() } }
        if options.json {
            try Output.line(["released": .array(new.map { .string($0.description) }), "written": .bool(!dryRun && !new.isEmpty)])
        } else {
            try Output.text(new.map { "\(dryRun ? "would release" : "released")  \($0)\n" }.joined())
            if new.isEmpty { try Output.text("nothing new: \(lock.digests.count) schemas are released\n") }
        }
    }

    private func obstacles(
        _ new: [EventReference], _ lock: SchemaLock, _ catalogue: SchemaCatalogue
    ) throws(CatalogueError) -> [CatalogueError] {
        var problems = try lock.violations(in: catalogue)
        let lint = SchemaLint(catalogue)
        for reference in new { problems += try lint.violations(of: reference) }
        guard problems.isEmpty else { return problems }
        let released = catalogue.references.filter { lock.isReleased($0) }
        let events = released.filter { version in new.contains { ($0.context, $0.event) == (version.context, version.event) } }
        for check in try catalogue.checks(of: events) where !check.isAccepted {
            let event = "\(check.reader.context)/\(check.reader.event)"
            problems.append(
                CatalogueError(
                    origin: catalogue.origin(of: max(check.reader, check.writer)), line: 1,
                    message: "\(check.reader) can't read what \(check.writer) writes: see `ferry schema check \(event)`; "
                        + "a breaking change is a new major version"))
        }
        return problems + (try catalogue.reservedNameViolations(of: events))
    }
}
