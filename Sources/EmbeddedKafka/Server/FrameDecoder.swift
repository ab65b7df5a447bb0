import NIOCore

/// Cuts the stream into requests: a length, then so many bytes.
///
/// Memory grows with what has come in, never with what a length announces.
struct FrameDecoder: ByteToMessageDecoder {
    typealias InboundOut = ByteBuffer

    /// As Kafka's `socket.request.max.bytes`, for the one request that may carry that much.
    static let produceLimit: Int32 = 100 << 20
    static let limit: Int32 = 8 << 20

    struct Oversized: Error {
        let length: Int32
    }

    mutating func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
        guard let length = buffer.getInteger(at: buffer.readerIndex, as: Int32.self) else { return .needMoreData }
        guard length >= 8, length <= Self.produceLimit else { throw Oversized(length: length) }
        guard let key = buffer.getInteger(at: buffer.readerIndex + 4, as: Int16.self) else { return .needMoreData }
        guard key == 0 || length <= Self.limit else { throw Oversized(length: length) }
        guard buffer.readableBytes >= 4 + Int(length) else { return .needMoreData }
        buffer.moveReaderIndex(forwardBy: 4)
        guard let frame = buffer.readSlice(length: Int(length)) else { return .needMoreData }
        context.fireChannelRead(wrapInboundOut(frame))
        return .continue
    }

    mutating func decodeLast(context: ChannelHandlerContext, buffer: inout ByteBuffer, seenEOF: Bool) throws -> DecodingState {
        try decode(context: context, buffer: &buffer)
    }
}
