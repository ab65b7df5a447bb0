import NIOCore
import NIOPosix
import Synchronization

@testable import EmbeddedKafka

/// Speaks to the broker message by message, by the same declarations: for what no client library would send.
final class RawClient: Sendable {
    private let channel: any Channel
    private let answers: Answers

    static func connect(to broker: EmbeddedKafka) async throws -> RawClient {
        try await connect(host: broker.configuration.host, port: broker.port)
    }

    static func connect(host: String, port: Int) async throws -> RawClient {
        let answers = Answers()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        ByteToMessageHandler(AnswerDecoder()), AnswerHandler(answers),
                    ])
                }
            }
            .connect(host: host, port: port).get()
        return RawClient(channel, answers)
    }

    private init(_ channel: any Channel, _ answers: Answers) {
        self.channel = channel
        self.answers = answers
    }

    /// Sends one request and waits for its answer; throws if the connection ends instead.
    func ask(_ name: String, version: Int16, _ body: WireValue) async throws -> WireValue {
        guard let api = API.all.first(where: { $0.name == name }) else { throw WireError.truncated }
        let isFlexible = api.isFlexible(version)
        var frame = ByteBuffer()
        frame.writeMultipleIntegers(0 as Int32, api.key, version, 7 as Int32, -1 as Int16)
        if isFlexible { frame.writeInteger(0 as UInt8) }
        var writer = WireWriter(into: frame, version: Int(version), isFlexible: isFlexible)
        writer.write(body, as: api.request)
        frame = writer.bytes
        frame.setInteger(Int32(frame.readableBytes - 4), at: 0)
        let promise = channel.eventLoop.makePromise(of: ByteBuffer.self)
        answers.expect(promise)
        try await channel.writeAndFlush(frame).get()
        var answer = try await endingWithTask { try await promise.futureResult.get() }
        // The correlation id, and the tags that end the header of a flexible answer.
        answer.moveReaderIndex(forwardBy: isFlexible && name != "ApiVersions" ? 5 : 4)
        return try WireReader.read(api.response, from: answer, version: Int(version), isFlexible: isFlexible)
    }

    /// A second connection to the same broker.
    func another() async throws -> RawClient {
        try await .connect(host: channel.remoteAddress?.ipAddress ?? "", port: channel.remoteAddress?.port ?? 0)
    }

    /// Sends these bytes, whatever they are.
    func send(_ bytes: ByteBuffer) async throws {
        try await channel.writeAndFlush(bytes).get()
    }

    /// Sends these bytes and closes. The broker may be faster at closing than this side at writing.
    func sendAndLeave(_ bytes: ByteBuffer) async throws {
        try? await send(bytes)
        try? await channel.close()
    }

    /// Sends these bytes, and returns when the broker has closed the connection.
    func sendUntilClosed(_ bytes: ByteBuffer) async throws {
        try? await send(bytes)
        try? await endingWithTask { try await channel.closeFuture.get() }
    }

    func close() async throws {
        try await channel.close()
    }

    /// A test whose time is up is canceled: what would wait forever then ends with the connection.
    private func endingWithTask<R: Sendable>(_ body: () async throws -> R) async throws -> R {
        try await withTaskCancellationHandler(operation: body) { channel.close(promise: nil) }
    }

    fileprivate final class Answers: Sendable {
        private let waiting = Mutex<[EventLoopPromise<ByteBuffer>]>([])

        func expect(_ promise: EventLoopPromise<ByteBuffer>) { waiting.withLock { $0.append(promise) } }

        func take(_ answer: Result<ByteBuffer, any Error>) {
            let promise = waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            promise?.completeWith(answer)
        }
    }
}

private final class AnswerHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let answers: RawClient.Answers

    init(_ answers: RawClient.Answers) { self.answers = answers }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { answers.take(.success(unwrapInboundIn(data))) }

    func channelInactive(context: ChannelHandlerContext) { answers.take(.failure(ChannelError.eof)) }
}

/// Cuts answers out of the stream.
private struct AnswerDecoder: ByteToMessageDecoder {
    typealias InboundOut = ByteBuffer

    mutating func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
        guard let length = buffer.getInteger(at: buffer.readerIndex, as: Int32.self), buffer.readableBytes >= 4 + Int(length)
        else { return .needMoreData }
        buffer.moveReaderIndex(forwardBy: 4)
        if let answer = buffer.readSlice(length: Int(length)) { context.fireChannelRead(wrapInboundOut(answer)) }
        return .continue
    }
}
