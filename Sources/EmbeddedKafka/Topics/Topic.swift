import NIOCore

/// A topic with its partitions.
final class Topic {
    let name: String
    /// 16 bytes, new for every topic: one that is made again under its name is another.
    let id: ByteBuffer
    var partitions: [Partition] = []
    var settings: TopicSettings {
        didSet { limits = Limits(settings) }
    }
    /// What is looked at with every batch, read from the settings once.
    private(set) var limits: Limits

    struct Limits {
        let maxMessageBytes: Int
        let requiresKeys: Bool
        let usesAppendTime: Bool
        let millisecondsAhead: Int64

        init(_ settings: TopicSettings) {
            maxMessageBytes = settings.log.maxMessageBytes
            requiresKeys = settings.log.compacts
            usesAppendTime = settings.usesAppendTime
            millisecondsAhead = settings.millisecondsAhead
        }
    }

    init(name: String, id: ByteBuffer, settings: TopicSettings) {
        self.name = name
        self.id = id
        self.settings = settings
        limits = Limits(settings)
    }
}
