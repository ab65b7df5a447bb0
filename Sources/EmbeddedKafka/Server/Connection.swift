import Logging
import NIOCore

/// One client's connection. Requests are taken up one after the other: the next one waits until the answer to the last one is written,
/// as the protocol promises its clients. A client that sends more meanwhile is not read from, so it can't fill the memory.
final class Connection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum State {
        /// Ready for the next request.
        case idle
        /// A request is being carried out, or its answer written.
        case busy
        case closed
    }

    private static let queueLimit = 64

    private let broker: Broker
    private let logger: Logger
    private var state = State.idle
    private var waiting: CircularBuffer<ByteBuffer> = []
    private var isTaking = false
    private var context: ChannelHandlerContext?
    private var authentication: Authentication

    init(broker: Broker) {
        self.broker = broker
        self.logger = broker.logger
        self.authentication = Authentication(users: broker.configuration.users)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func channelInactive(context: ChannelHandlerContext) {
        state = .closed
        self.context = nil
        waiting.removeAll()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A client that was killed is no news.
        close("\(error)", level: error is IOError ? .debug : .notice)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent { close("nothing was heard for too long", level: .debug) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        waiting.append(unwrapInboundIn(data))
        if waiting.count == Self.queueLimit { readOn(false) }
        takeAll()
    }

    private func readOn(_ isOn: Bool) {
        do {
            try context?.channel.syncOptions?.setOption(.autoRead, value: isOn)
        } catch {
            close("\(error)", level: .debug)
        }
    }

    /// A loop, since an answer may be written at once: thousands of small requests that came together would be as many calls deep.
    private func takeAll() {
        guard !isTaking else { return }
        isTaking = true
        defer { isTaking = false }
        while case .idle = state, let bytes = waiting.popFirst() {
            if waiting.count == Self.queueLimit - 1 { readOn(true) }
            state = .busy
            do {
                try take(bytes)
            } catch {
                close("malformed request: \(error)")
            }
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
        switch authentication.meet(api, body) {
        case .pass: break
        case .answer(let value): return answer(value, header, api, version: header.version)
        case .refuse: return close("\(api.name) before authentication")
        }
        meetFaults(Request(header: header, api: api, body: body, remoteHost: context?.remoteAddress?.ipAddress ?? ""))
    }

    private func meetFaults(_ request: Request) {
        switch broker.faults.meet(request.observed) {
        case nil: carryOut(request)
        case .fail(let error): answer(FaultAnswer.make(request, error), request.header, request.api, version: request.header.version)
        case .delay(let duration): broker.loop.scheduleTask(in: .init(duration)) { self.carryOut(request) }
        case .dropBefore: close("dropped by a fault, before the effect")
        case .dropAfter: broker.handle(request) { _ in self.close("dropped by a fault, after the effect") }
        }
    }

    private func carryOut(_ request: Request) {
        // It may have waited while the client went away, or the broker was taken down.
        guard case .busy = state else { return }
        broker.handle(request) { value in
            guard let value else { return self.proceed() }
            self.answer(value, request.header, request.api, version: request.header.version)
        }
    }

    private func answer(_ value: WireValue, _ header: RequestHeader, _ api: API, version: Int16) {
        guard let context, case .busy = state else { return }
        var bytes = context.channel.allocator.buffer(capacity: 256)
        bytes.writeInteger(0 as Int32)
        bytes.writeInteger(header.correlationID)
        let isFlexible = api.isFlexible(version)
        // The answer to ApiVersions has the old header always: its reader doesn't know yet what is spoken.
        if isFlexible, api.name != "ApiVersions" { bytes.writeInteger(0 as UInt8) }
        var writer = WireWriter(into: bytes, version: Int(version), isFlexible: isFlexible, passingOnFrom: 16 << 10)
        writer.write(value, as: api.response)
        var pieces = writer.pieces + [writer.bytes]
        pieces[0].setInteger(Int32(pieces.reduce(-4) { $0 + $1.readableBytes }), at: pieces[0].readerIndex)
        for piece in pieces.dropLast() { context.write(wrapOutboundOut(piece), promise: nil) }
        let written = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrapOutboundOut(pieces[pieces.count - 1]), promise: written)
        written.futureResult.assumeIsolated().whenComplete { _ in self.proceed() }
    }

    private func proceed() {
        guard case .busy = state else { return }
        state = .idle
        takeAll()
    }

    private func close(_ reason: String, level: Logger.Level = .notice) {
        guard let context else { return }
        logger.log(
            level: level, "connection closed",
            metadata: ["peer": "\(context.remoteAddress.map { "\($0)" } ?? "?")", "reason": "\(reason)"])
        state = .closed
        self.context = nil
        waiting.removeAll()
        context.close(promise: nil)
    }
}
