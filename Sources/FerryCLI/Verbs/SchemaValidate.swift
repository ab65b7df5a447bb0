import ArgumentParser
import EventContracts
import JSONSchema

struct SchemaValidate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Validate a JSON document.",
        discussion: """
              ferry schema validate order/placed@1.0 order.json
              ferry schema validate shop.order.placed.v1 --reader < order.json
              ferry schema validate any-schema.json document.json
            """
    )

    @Argument(help: "The schema: a version, a type (the newest of its major), or a file.")
    var schema: String

    @Argument(help: "The document; - for standard input.")
    var file: String = "-"

    @Flag(help: "As a reader sees it: members that aren't declared are ignored.")
    var reader = false

    @OptionGroup var options: SchemaOptions

    func run() throws {
        let source = try SchemaSource(schema, in: options.catalogue())
        let compiled = try source.compile(reader ? .openReader : .closedWriter)
        let (text, document) = try SchemaSource.read(file)
        let origin = file == "-" ? "standard input" : file
        let problems = compiled.validate(document).map { violation in
            let place = source.line(of: violation.schema).map { "\(source.origin):\($0)" } ?? source.origin
            return CatalogueError(
                origin: origin, line: violation.instance.line(in: text) ?? 1, pointer: violation.instance,
                message: "\(violation.message) (\(place), #\(violation.schema))")
        }
        try options.report(problems, or: "valid: \(origin) is a \(source.name)")
    }
}
