import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS
import Synchronization

/// Takes TLS off what clients send and passes it on in the clear, as a load balancer in front of a broker does.
final class TLSProxy: Sendable {
    struct Seen {
        var connections = 0
        var handshakes = 0
        /// What came from clients and is no part of a TLS record.
        var strayBytes = 0
        /// What came out of TLS, and went on to the broker.
        var passedOn = 0
    }

    /// Its listening comes first, since the broker is told whom to advertise.
    private let listener: any Channel
    private let record: Record

    var port: Int { listener.localAddress?.port ?? 0 }
    var seen: Seen { record.seen.withLock { $0 } }

    static func start(_ configuration: TLSConfiguration) async throws -> TLSProxy {
        let context = try NIOSSLContext(configuration: configuration)
        let record = Record()
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { client in
                // Nothing is read before there is somewhere to pass it on to.
                ClientBootstrap(group: client.eventLoop)
                    .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                    .channelInitializer { broker in
                        broker.eventLoop.makeCompletedFuture { try broker.pipeline.syncOperations.addHandler(Relay(to: client)) }
                    }
                    .connect(host: "127.0.0.1", port: record.brokerPort.withLock { $0 })
                    .flatMapThrowing { broker in
                        record.seen.withLock { $0.connections += 1 }
                        try client.pipeline.syncOperations.addHandlers([
                            Tap(record), NIOSSLServerHandler(context: context), Relay(to: broker, record),
                        ])
                    }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return TLSProxy(listener, record)
    }

    private init(_ listener: any Channel, _ record: Record) {
        self.listener = listener
        self.record = record
    }

    func passOn(toPort port: Int) { record.brokerPort.withLock { $0 = port } }

    /// Connections end with their clients and the broker.
    func stop() async throws { try await listener.close() }

    fileprivate final class Record: Sendable {
        let seen = Mutex(Seen())
        let brokerPort = Mutex(0)
    }
}

/// Looks at what comes from a client before TLS does.
private final class Tap: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let record: TLSProxy.Record
    private var records = TLSRecords()

    init(_ record: TLSProxy.Record) { self.record = record }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let before = records.strayBytes
        records.follow(unwrapInboundIn(data))
        record.seen.withLock { $0.strayBytes += records.strayBytes - before }
        context.fireChannelRead(data)
    }
}

/// Writes to the other side what it reads on this one, and closes it when this one ends.
private final class Relay: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let other: any Channel
    private let record: TLSProxy.Record?

    /// - Parameter record: of the side where the clients are.
    init(to other: any Channel, _ record: TLSProxy.Record? = nil) {
        self.other = other
        self.record = record
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        record?.seen.withLock { $0.passedOn += bytes.readableBytes }
        other.writeAndFlush(bytes, promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent { record?.seen.withLock { $0.handshakes += 1 } }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) { other.close(promise: nil) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
