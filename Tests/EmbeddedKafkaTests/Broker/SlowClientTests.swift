import Logging
import NIOCore
import NIOPosix
import Testing

@testable import EmbeddedKafka

@Suite("Slow, cut and half-open connections", .timeLimit(.minutes(2)))
struct SlowClientTests {
    private func connect(to broker: EmbeddedKafka) async throws -> any Channel {
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: "127.0.0.1", port: broker.port).get()
    }

    private func expectAlive(_ broker: EmbeddedKafka) async throws {
        let client = try await RawClient.connect(to: broker)
        #expect(try await !client.ask("ApiVersions", version: 0, [:]).apiKeys.elements.isEmpty)
        try await client.close()
    }

    /// ApiVersions in its oldest form.
    private static let request: [UInt8] = [0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 0xFF, 0xFF]

    @Test("A request that comes byte by byte is answered, and so is everyone else meanwhile")
    func slowLoris() async throws {
        try await withBroker { broker, _ in
            let answered = MultiThreadedEventLoopGroup.singleton.next().makePromise(of: Int.self)
            let channel = try await connect(to: broker)
            try await channel.pipeline.addHandler(FirstBytes(answered)).get()
            for byte in Self.request {
                try await channel.writeAndFlush(ByteBuffer(bytes: [byte])).get()
                try await expectAlive(broker)
            }
            #expect(try await answered.futureResult.get() > 8)
            try await channel.close()
        }
    }

    @Test("A request that ends too soon closes the connection, wherever it was cut", arguments: 1..<14)
    func truncated(length: Int) async throws {
        try await withBroker { broker, _ in
            let channel = try await connect(to: broker)
            try await channel.writeAndFlush(ByteBuffer(bytes: Self.request.prefix(length))).get()
            try await channel.close(mode: .output)
            try await channel.closeFuture.get()
            try await expectAlive(broker)
        }
    }

    @Test("A client that has closed its half is not kept")
    func halfOpen() async throws {
        try await withBroker { broker, _ in
            var channels: [any Channel] = []
            for _ in 0..<50 { channels.append(try await connect(to: broker)) }
            for channel in channels { try await channel.close(mode: .output) }
            for channel in channels { try await channel.closeFuture.get() }
            try await expectAlive(broker)
        }
    }

    @Test("What closes a connection is one line of the log")
    func oneLine() async throws {
        let lines = LogLines()
        try await withBroker(EmbeddedKafka.Configuration(logger: lines.logger)) { broker, client in
            // Twice in one go: the second one is no longer heard.
            try await client.sendUntilClosed(ByteBuffer(bytes: [0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF]))
            try await expectAlive(broker)
            #expect(lines.all.count { $0 == "connection closed" } == 1)
        }
    }
}

/// Tells how many bytes came first.
private final class FirstBytes: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    private let answered: EventLoopPromise<Int>

    init(_ answered: EventLoopPromise<Int>) { self.answered = answered }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { answered.succeed(unwrapInboundIn(data).readableBytes) }

    func channelInactive(context: ChannelHandlerContext) { answered.fail(ChannelError.eof) }
}
