import ArgumentParser
import EventContracts
import KafkaClient

struct ContractsRetire: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retire", abstract: "Forget the announcement of a worker that won't come back.",
        discussion: "A worker that starts under the name of another replaces its announcement by itself; this is for one that is gone for "
            + "good. `ferry contracts list` prints the keys.")

    @Argument(help: "The key of the announcement, for example order/order-3.")
    var key: String

    @OptionGroup var broker: BrokerOptions

    func run() async throws {
        let known = try await AnnouncementReader(broker: broker).records()
        guard known[key] != nil else {
            throw CommandFailure.invalid(
                "there is no announcement \(key)" + (known.isEmpty ? "" : "; there are \(known.keys.sorted().joined(separator: ", "))"))
        }
        do {
            let producer = try Producer(broker.kafka, logger: broker.logger)
            do {
                _ = try await producer.send(
                    ProducerRecord(topic: broker.physical(ContractAnnouncement.topic), key: Array(key.utf8), value: nil))
            } catch {
                await producer.close(timeout: .seconds(1))
                throw error
            }
            await producer.close()
        } catch let error as KafkaError {
            throw CommandFailure.broker(error, while: "retiring \(key)")
        }
        Talk.note("retired \(key)", quiet: broker.quiet)
    }
}
