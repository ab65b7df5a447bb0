import Foundation
import Logging
import NIOCore
import NIOPosix

/// A broker in a box: a single node that speaks the Kafka protocol, in this process, for development and tests.
///
/// For production there is Apache Kafka, which is also the reference for everything that this broker answers. It listens on the loopback
/// interface, in the clear, and keeps one copy of what it is given. Several may run side by side.
public final class EmbeddedKafka: Sendable {
    /// What survives a power cut. A killed broker loses nothing in any case.
    public enum Fsync: String, Sendable, CaseIterable {
        /// Everything that was acknowledged with acks=all.
        case always
        /// All but the last moments, see ``Configuration/maintenanceIntervalMilliseconds``.
        case interval
        /// What the system happened to write.
        case never
    }

    public struct Configuration: Sendable {
        /// Where logs are kept; `nil` keeps them in memory, and they go with the broker.
        public var directory: String?
        public var host = "127.0.0.1"
        /// 0 takes a free one.
        public var port = 0
        /// Listening beyond the loopback interface has to be wanted: there is neither encryption nor authentication.
        public var allowsRemote = false
        /// What is on the disk, beyond what the system holds for it, when a producer is told that its records are safe.
        public var fsync = Fsync.interval
        /// Of topics that are created without saying how many.
        public var defaultPartitions = 1
        /// Whether naming an unknown topic creates it, as Kafka does unless told otherwise.
        public var createsTopics = true
        /// How long the first member of a group waits for others (Kafka: 3,000).
        public var groupInitialDelayMilliseconds: Int64 = 0
        /// How often retention and compaction are looked after.
        public var maintenanceIntervalMilliseconds: Int64 = 1_000
        public var logger: Logger

        public init(directory: String? = nil, logger: Logger = Logger(label: "embedded-kafka") { _ in SwiftLogNoOpLogHandler() }) {
            self.directory = directory
            self.logger = logger
        }
    }

    /// Why a broker doesn't start.
    public struct StartError: Error, CustomStringConvertible {
        public let description: String
    }

    public let configuration: Configuration
    public let port: Int
    private let group: MultiThreadedEventLoopGroup
    private let channel: any Channel
    private let broker: NIOLoopBound<Broker>
    private let connections: NIOLoopBound<Connections>
    private let faults: FaultBoard

    /// What clients take as `bootstrap.servers`.
    public var bootstrapServers: String { "\(configuration.host):\(port)" }

    /// Returns when connections are accepted. Logs that are there are recovered first.
    public static func start(_ configuration: Configuration = Configuration()) async throws -> EmbeddedKafka {
        guard configuration.allowsRemote || ["127.0.0.1", "localhost", "::1"].contains(configuration.host) else {
            throw StartError(
                description: "\(configuration.host) can be reached from elsewhere, and this broker has neither encryption nor "
                    + "authentication; listen on 127.0.0.1, or allow remote connections in so many words")
        }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            return try await start(configuration, on: group)
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
    }

    private static func start(_ configuration: Configuration, on group: MultiThreadedEventLoopGroup) async throws -> EmbeddedKafka {
        let loop = group.next()
        let faults = FaultBoard()
        let (broker, connections) = try await loop.submit {
            let broker = try Broker(configuration, faults: faults, loop: loop)
            return (NIOLoopBound(broker, eventLoop: loop), NIOLoopBound(Connections(), eventLoop: loop))
        }.get()
        let channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.backlog, value: 1_024)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    connections.value.add(channel)
                    try channel.pipeline.syncOperations.addHandlers([
                        ByteToMessageHandler(FrameDecoder()), Connection(broker: broker.value),
                    ])
                }
            }
            .bind(host: configuration.host, port: configuration.port).get()
        let port = channel.localAddress?.port ?? 0
        try await loop.submit { broker.value.address = .init(host: configuration.host, port: port) }.get()
        configuration.logger.notice(
            "ready, for development and tests only", metadata: ["address": "\(configuration.host):\(port)"])
        return EmbeddedKafka(configuration, port: port, group: group, channel: channel, broker: broker, connections: connections, faults: faults)
    }

    private init(
        _ configuration: Configuration, port: Int, group: MultiThreadedEventLoopGroup, channel: any Channel,
        broker: NIOLoopBound<Broker>, connections: NIOLoopBound<Connections>, faults: FaultBoard
    ) {
        self.configuration = configuration
        self.port = port
        self.group = group
        self.channel = channel
        self.broker = broker
        self.connections = connections
        self.faults = faults
    }

    /// Closes all connections and the logs, whose end is marked: the next start has nothing to recover. To be called once.
    public func stop() async throws {
        try await channel.close()
        try await group.next().submit { [broker, connections] in
            connections.value.closeAll()
            broker.value.stop()
        }.get()
        try await group.shutdownGracefully()
    }

    // MARK: For tests

    /// Lets requests meet a fault, from now on.
    public func inject(_ fault: Fault) { faults.add(fault) }

    public func clearFaults() { faults.clear() }

    /// Begins to note requests, see ``requests``.
    public func observeRequests() { faults.observe() }

    public var requests: [ObservedRequest] { faults.requests }

    /// Moves the broker's clock: retention, timestamps it gives, and the age of transactions it finds at its start.
    public func moveTime(by duration: Duration) {
        faults.moveTime(by: duration.components.seconds * 1_000 + duration.components.attoseconds / 1_000_000_000_000_000)
    }

    /// Stops giving new records of a partition to readers, or goes on.
    public func setPaused(_ isPaused: Bool, topic: String, partition: Int32) async throws {
        try await group.next().submit { [broker] in
            let found = try broker.value.topics.partition(topic, partition)
            found.isPaused = isPaused
            broker.value.changed(found)
        }.get()
    }

    /// The connections that are open, so that stopping can close them.
    private final class Connections {
        private var open: [ObjectIdentifier: any Channel] = [:]

        func add(_ channel: any Channel) {
            let id = ObjectIdentifier(channel)
            open[id] = channel
            let me = NIOLoopBound(self, eventLoop: channel.eventLoop)
            channel.closeFuture.whenComplete { _ in me.value.open[id] = nil }
        }

        func closeAll() {
            for channel in open.values { channel.close(promise: nil) }
        }
    }
}
