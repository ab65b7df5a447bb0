import EventContracts
import KafkaClient

/// What the transaction of one batch has gathered, for what comes after its commit.
struct BatchWork<Performer: EffectPerformer> {
    typealias Contract = Performer.Contract

    private(set) var nextOffsets: [TopicPartition: Int64] = [:]
    private(set) var effects: [EffectRunner<Performer>.Job] = []
    private(set) var timers: [(partition: Int32, key: String, pending: PendingTimer<Contract.Timer>)] = []
    private(set) var dispositions: [Step<Contract>.Disposition] = []
    private(set) var deadLetters: [(position: Position, reason: DeadLetterReason)] = []
    private var causes: [Int32: [String: Position]] = [:]

    mutating func consumed(_ record: InputRecord, disposition: Step<Contract>.Disposition) {
        let position = record.position
        nextOffsets[TopicPartition(position.topic, position.partition)] = position.offset + 1
        dispositions.append(disposition)
        if case .deadLettered(let reason) = disposition { deadLetters.append((position, reason)) }
    }

    /// Notes the effects and timers that are new with `next`.
    mutating func add(
        _ next: KeyState<Contract>, replacing current: KeyState<Contract>,
        key: String, partition: Int32, cause: Position
    ) {
        causes[partition, default: [:]][key] = cause
        for effect in next.effects where !current.effects.contains(effect) {
            effects.append(.init(partition: partition, key: key, pending: effect))
        }
        for timer in next.timers where !current.timers.contains(timer) {
            timers.append((partition, key, timer))
        }
    }

    /// The last input of the batch that changed this key.
    func lastCause(of key: String, partition: Int32) -> Position? {
        causes[partition]?[key]
    }
}
