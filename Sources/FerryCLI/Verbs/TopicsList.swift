import ArgumentParser
import JSONSchema
import KafkaClient

struct TopicsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Print the topics of the cluster and their partitions as JSON lines.")

    @OptionGroup var broker: BrokerOptions

    func run() async throws {
        do {
            let admin = try AdminClient(broker.kafka, logger: broker.logger)
            let metadata = try await admin.metadata(topics: nil, timeout: broker.patience)
            await admin.close()
            for topic in metadata.topics.sorted(by: { $0.name < $1.name }) where topic.name.hasPrefix(broker.topicPrefix) {
                try Output.line([
                    "partitions": .number(JSONNumber(Int64(topic.partitions.count))), "topic": .string(topic.name),
                ])
            }
        } catch let error as KafkaError {
            throw CommandFailure.broker(error, while: "listing topics")
        }
    }
}
