import EventContracts
import KafkaClient

extension InputRecord {
    init(_ record: ConsumedRecord) {
        self.init(
            position: Position(topic: record.topic, partition: record.partition, offset: record.offset),
            timestamp: record.timestamp < 0 ? nil : record.timestamp,
            key: record.key,
            value: record.value,
            headers: record.headers.map { EventHeader($0.name, $0.value) }
        )
    }
}

extension ProducerRecord {
    init(_ record: OutgoingRecord) {
        self.init(
            topic: record.topic,
            partition: record.partition,
            key: record.key,
            value: record.value,
            headers: record.headers.map { KafkaHeader($0.name, $0.value) },
            timestamp: record.timestamp
        )
    }
}
