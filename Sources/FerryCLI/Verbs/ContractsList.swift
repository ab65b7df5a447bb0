import ArgumentParser
import EventContracts
import JSONSchema

struct ContractsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Print what the workers announced at their start, as JSON lines.",
        discussion: "One line a worker, as of its last start; `--with-schemas` adds the schemas that it was built with.")

    @Flag(name: .customLong("with-schemas"), help: "Print the schemas too.")
    var withSchemas = false

    @OptionGroup var broker: BrokerOptions

    func run() async throws {
        for announcement in try await AnnouncementReader(broker: broker).read() {
            var line: JSONObject = [
                "key": .string(announcement.key), "manifest": announcement.contract.manifest.json,
                "startedAt": .string(announcement.startedAt.description),
            ]
            if withSchemas {
                line["schemas"] = .object(
                    announcement.contract.schemas.reduce(into: JSONObject()) { $0[$1.key.description] = $1.value })
            }
            try Output.line(.object(line))
        }
    }
}
