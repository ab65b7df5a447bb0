import Logging
import NIOCore

/// One client's connection. Requests are taken up one after the other: the next one waits until the last one is answered, as the
/// protocol promises its clients.
final class Connection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let broker: Broker
    private let logger: Logger
    private var waiting: CircularBuffer<ByteBuffer> = []
    private var isBusy = false
    private var context: ChannelHandlerContext?

    init(broker: Broker) {
        self.broker = broker
        self.logger = broker.logger
    }

    func channelActive(context: ChannelHandlerContext) {
        self.context = context
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.context = nil
        waiting.removeAll()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        close("\(error)")
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        waiting.append(unwrapInboundIn(data))
        takeNext()
    }

    private func takeNext() {
        guard !isBusy, context != nil, let bytes = waiting.popFirst() else { return }
        isBusy = true
        do {
            try take(bytes)
        } catch {
            close("malformed request: \(error)")
        }
    }

    private func take(_ bytes: ByteBuffer) throws {
        var bytes = bytes
        let header = try WireReader.header(of: &bytes)
        guard let api = API.byKey[header.key] else { return close("unknown request \(header.key)") }
        guard api.versions.contains(header.version) else {
            // A client that is too new learns by this answer, in the oldest form, what it may use (KIP-511).
            guard api.name == "ApiVersions" else { return close("\(api.name) version \(header.version) is not supported") }
            return answer(broker.apiVersions(error: .unsupportedVersion), header, api, version: 0)
        }
        let isFlexible = api.isFlexible(header.version)
        if isFlexible { try WireReader.skipHeaderTags(&bytes) }
        let body: WireValue
        do {
            body = try WireReader.read(api.request, from: bytes, version: Int(header.version), isFlexible: isFlexible)
        } catch {
            return close("malformed \(api.name) request, version \(header.version): \(error)")
        }
        let request = Request(header: header, api: api, body: body, remoteHost: context?.remoteAddress?.ipAddress ?? "")
        let observed = EmbeddedKafka.ObservedRequest(name: api.name, version: header.version, clientID: header.clientID)
        switch broker.faults.meet(observed) {
        case nil: carryOut(request)
        case .fail(let error): answer(FaultAnswer.make(request, error), header, api, version: header.version)
        case .delay(let duration):
            broker.loop.scheduleTask(in: .init(duration)) { self.carryOut(request) }
        case .dropBefore: close("dropped by a fault, before the effect")
        case .dropAfter: broker.handle(request) { _ in self.close("dropped by a fault, after the effect") }
        }
    }

    private func carryOut(_ request: Request) {
        broker.handle(request) { value in
            guard let value else { return self.proceed() }
            self.answer(value, request.header, request.api, version: request.header.version)
        }
    }

    private func answer(_ value: WireValue, _ header: RequestHeader, _ api: API, version: Int16) {
        guard let context else { return }
        var bytes = context.channel.allocator.buffer(capacity: 256)
        bytes.writeInteger(0 as Int32)
        bytes.writeInteger(header.correlationID)
        let isFlexible = api.isFlexible(version)
        // The answer to ApiVersions has the old header always: its reader doesn't know yet what is spoken.
        if isFlexible, api.name != "ApiVersions" { bytes.writeInteger(0 as UInt8) }
        var writer = WireWriter(into: bytes, version: Int(version), isFlexible: isFlexible)
        writer.write(value, as: api.response)
        bytes = writer.bytes
        bytes.setInteger(Int32(bytes.readableBytes - 4), at: bytes.readerIndex)
        context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
        proceed()
    }

    private func proceed() {
        isBusy = false
        takeNext()
    }

    private func close(_ reason: String) {
        guard let context else { return }
        logger.info("connection closed", metadata: ["peer": "\(context.remoteAddress.map { "\($0)" } ?? "?")", "reason": "\(reason)"])
        self.context = nil
        context.close(promise: nil)
    }
}
