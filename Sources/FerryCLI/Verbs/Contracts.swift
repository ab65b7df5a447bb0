import ArgumentParser

struct Contracts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Which versions of the services run, and which may run beside them.",
        subcommands: [ContractsCheck.self, ContractsList.self, ContractsRetire.self])
}
