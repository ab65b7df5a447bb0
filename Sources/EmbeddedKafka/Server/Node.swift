import Logging
import NIOCore
import NIOPosix

/// A broker on its port, and what of it outlasts being taken down: the logs, the faults, the port. Confined to the event loop.
final class Node {
    private enum State {
        case down
        case up(Broker, listener: any Channel)
    }

    private let configuration: EmbeddedKafka.Configuration
    private let faults: FaultBoard
    private let loop: any EventLoop
    private let storage: Storage
    private var state = State.down
    private var connections: [ObjectIdentifier: any Channel] = [:]

    init(_ configuration: EmbeddedKafka.Configuration, faults: FaultBoard, loop: any EventLoop) throws {
        self.configuration = configuration
        self.faults = faults
        self.loop = loop
        storage = try Storage(folder: configuration.directory, logger: configuration.logger)
    }

    var broker: Broker? { if case .up(let broker, _) = state { broker } else { nil } }

    /// Recovers the logs and listens. The result is the port.
    func start(port: Int) throws -> EventLoopFuture<Int> {
        let broker = try Broker(configuration, storage: storage, faults: faults, loop: loop)
        let me = NIOLoopBound(self, eventLoop: loop)
        let bound = NIOLoopBound(broker, eventLoop: loop)
        return ServerBootstrap(group: loop)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.backlog, value: 1_024)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.socketOption(.so_keepalive), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    me.value.note(channel)
                    try channel.pipeline.syncOperations.addHandlers([
                        IdleStateHandler(allTimeout: .minutes(10)), ByteToMessageHandler(FrameDecoder()), Connection(broker: bound.value),
                    ])
                }
            }
            .bind(host: configuration.host, port: port)
            .map { listener in
                let port = listener.localAddress?.port ?? port
                let configuration = me.value.configuration
                bound.value.address = configuration.advertised ?? .init(host: configuration.host, port: port)
                me.value.state = .up(bound.value, listener: listener)
                return port
            }
    }

    /// Ends the broker and its connections; does nothing if it is down.
    func stop(_ ending: EmbeddedKafka.Ending) -> EventLoopFuture<Void> {
        guard case .up(let broker, let listener) = state else { return loop.makeSucceededVoidFuture() }
        state = .down
        broker.stop(ending)
        for channel in connections.values { channel.close(promise: nil) }
        return listener.close()
    }

    private func note(_ channel: any Channel) {
        let id = ObjectIdentifier(channel)
        connections[id] = channel
        channel.closeFuture.assumeIsolated().whenComplete { [weak self] _ in self?.connections[id] = nil }
    }
}
