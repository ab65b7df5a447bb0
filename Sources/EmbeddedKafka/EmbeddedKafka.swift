import Logging
import NIOCore
import NIOPosix

/// A broker in a box: a single node that speaks the Kafka protocol, in this process, for development and tests.
///
/// For production there is Apache Kafka, which is also the reference for everything that this broker answers. It listens on the loopback
/// interface, in the clear, and keeps one copy of what it is given. Several may run side by side.
public final class EmbeddedKafka: Sendable {
    public let configuration: Configuration
    public let port: Int
    private let group: MultiThreadedEventLoopGroup
    private let node: NIOLoopBound<Node>
    private let faults: FaultBoard

    /// Where it listens: what clients take as `bootstrap.servers`.
    public var bootstrapServers: String { "\(Address(host: configuration.host, port: port))" }

    /// Returns when connections are accepted. Logs that are there are recovered first.
    ///
    /// - Throws: ``StartError`` for what the configuration doesn't allow, and whatever the system says of the folder or the port.
    public static func start(_ configuration: Configuration = Configuration()) async throws -> EmbeddedKafka {
        guard configuration.allowsRemote || ["127.0.0.1", "localhost", "::1"].contains(configuration.host) else {
            throw StartError(
                description: "\(configuration.host) can be reached from elsewhere, and this broker has no encryption; "
                    + "listen on 127.0.0.1, or allow remote connections in so many words")
        }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            let loop = group.next()
            let faults = FaultBoard()
            let node = try await loop.submit {
                NIOLoopBound(try Node(configuration, faults: faults, loop: loop), eventLoop: loop)
            }.get()
            let port = try await Self.start(node, port: configuration.port, on: loop)
            configuration.logger.notice(
                "ready, for development and tests only", metadata: ["address": "\(Address(host: configuration.host, port: port))"])
            return EmbeddedKafka(configuration, port: port, group: group, node: node, faults: faults)
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
    }

    private init(
        _ configuration: Configuration, port: Int, group: MultiThreadedEventLoopGroup, node: NIOLoopBound<Node>, faults: FaultBoard
    ) {
        self.configuration = configuration
        self.port = port
        self.group = group
        self.node = node
        self.faults = faults
    }

    /// Closes all connections and the logs, whose end is marked: the next start has nothing to recover. To be called once.
    public func stop() async throws {
        try await takeDown(.orderly)
        try await group.shutdownGracefully()
    }

    // MARK: For tests

    /// Ends the broker while its port is remembered: until ``bringUp()`` clients are refused. Does nothing to one that is down.
    public func takeDown(_ ending: Ending) async throws {
        try await group.next().flatSubmit { [node] in node.value.stop(ending) }.get()
    }

    /// Starts it again after ``takeDown(_:)``, on the same port, with what its end has left of the logs: those in memory, too.
    public func bringUp() async throws {
        _ = try await Self.start(node, port: port, on: group.next())
    }

    private static func start(_ node: NIOLoopBound<Node>, port: Int, on loop: any EventLoop) async throws -> Int {
        try await loop.flatSubmit { loop.makeCompletedFuture { try node.value.start(port: port) }.flatMap { $0 } }.get()
    }

    /// Lets requests meet a fault, from now on. The first one that applies to a request is taken.
    public func inject(_ fault: Fault) { faults.add(fault) }

    public func clearFaults() { faults.clear() }

    /// Begins to note requests, see ``requests``.
    public func observeRequests() { faults.observe() }

    /// What was asked since ``observeRequests()``, in order.
    public var requests: [ObservedRequest] { faults.requests }

    /// Moves the broker's clock. Everything that waits for a time moves with it: sessions and transactions run out, retention sets in.
    public func moveTime(by duration: Duration) async throws {
        faults.moveTime(by: duration.components.seconds * 1_000 + duration.components.attoseconds / 1_000_000_000_000_000)
        try await group.next().submit { [node] in
            node.value.broker?.timers.clockMoved()
            node.value.broker?.maintain()
        }.get()
    }

    /// Stops giving new records of a partition to readers, or goes on.
    public func setPaused(_ isPaused: Bool, topic: String, partition: Int32) async throws {
        try await group.next().submit { [node] in
            guard let broker = node.value.broker else { return }
            let found = try broker.topics.partition(topic, partition)
            found.isPaused = isPaused
            broker.changed(found)
        }.get()
    }
}
