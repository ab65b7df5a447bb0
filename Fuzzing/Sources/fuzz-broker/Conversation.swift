import Logging
import NIOCore
import NIOEmbedded

@testable import EmbeddedKafka

/// A client's connection to a broker that is alone in the world: in memory, on a loop whose time is moved by hand.
///
/// Whatever comes in, the broker's answers are well formed, and a broker can be started on what the last one has left.
struct Conversation {
    private let storage: Storage
    private let loop = EmbeddedEventLoop()

    init() throws {
        storage = try Storage(folder: nil, logger: .silent)
    }

    func hear(_ bytes: ByteBuffer) throws {
        let broker = try Broker(.fuzzed, storage: storage, faults: FaultBoard(), loop: loop)
        _ = try broker.topics.create("t", partitions: 2, settings: TopicSettings([:]))
        let channel = EmbeddedChannel(loop: loop)
        try channel.pipeline.syncOperations.addHandlers([ByteToMessageHandler(FrameDecoder()), Connection(broker: broker)])
        try channel.connect(to: .init(ipAddress: "127.0.0.1", port: 1)).wait()
        do {
            try channel.writeInbound(bytes)
            // Long polls, sessions, a group's wait for members, transactions: all of them run out.
            for _ in 0..<4 { loop.advanceTime(by: .seconds(20)) }
            while let answer = try channel.readOutbound(as: ByteBuffer.self) { Frames.requireWhole(answer) }
        } catch {
            _ = try? channel.finish(acceptAlreadyClosed: true)
            broker.stop(.killed)
            throw error
        }
        _ = try? channel.finish(acceptAlreadyClosed: true)
        broker.stop(.killed)
        let heir = try Broker(.fuzzed, storage: storage, faults: FaultBoard(), loop: loop)
        heir.maintain()
        heir.stop(.orderly)
    }
}

extension EmbeddedKafka.Configuration {
    static var fuzzed: Self {
        var configuration = Self(logger: .silent)
        configuration.fsync = .never
        configuration.defaultPartitions = 1
        return configuration
    }
}

extension Logger {
    static var silent: Logger { Logger(label: "fuzz-broker") { _ in SwiftLogNoOpLogHandler() } }
}
