import NIOCore

@testable import EmbeddedKafka

/// Requests and answers as the bytes of a connection.
enum Frames {
    /// Puts a length before each request of an input, which tells it in two bytes that a mutation can't send far off.
    static func framing(_ input: ByteBuffer) -> ByteBuffer {
        var input = input
        var frames = ByteBuffer()
        while let length = input.readInteger(as: UInt16.self) {
            var request = input.readSlice(length: min(Int(length), input.readableBytes)) ?? ByteBuffer()
            frames.writeInteger(Int32(request.readableBytes))
            frames.writeBuffer(&request)
        }
        return frames
    }

    /// Writes the batches to two partitions, then reads them back, whole and committed only.
    static func producing(_ records: ByteBuffer) -> ByteBuffer {
        let places: WireValue = [["index": 0, "records": .bytes(records)], ["index": 1, "records": .bytes(records)]]
        var frames = ByteBuffer()
        write("Produce", 9, ["acks": -1, "timeoutMs": 1_000, "topics": [["name": "t", "partitions": places]]], to: &frames)
        for isolation in [0, 1] as [WireValue] {
            let place: WireValue = ["index": 0, "currentLeaderEpoch": -1, "maxBytes": 1_048_576]
            write(
                "Fetch", 12,
                [
                    "replicaId": -1, "maxBytes": 1_048_576, "isolationLevel": isolation,
                    "topics": [["name": "t", "partitions": [place]]],
                ], to: &frames)
        }
        let place: WireValue = ["index": 0, "currentLeaderEpoch": -1, "timestamp": 1_700_000_000_000]
        write("ListOffsets", 7, ["replicaId": -1, "topics": [["name": "t", "partitions": [place]]]], to: &frames)
        return frames
    }

    static func write(_ name: String, _ version: Int16, _ body: WireValue, to frames: inout ByteBuffer) {
        guard let api = API.all.first(where: { $0.name == name }) else { preconditionFailure("\(name) is no request") }
        let isFlexible = api.isFlexible(version)
        var request = ByteBuffer()
        request.writeMultipleIntegers(api.key, version, 1 as Int32, -1 as Int16)
        if isFlexible { request.writeInteger(0 as UInt8) }
        var writer = WireWriter(into: request, version: Int(version), isFlexible: isFlexible)
        writer.write(body, as: api.request)
        request = writer.bytes
        frames.writeInteger(Int32(request.readableBytes))
        frames.writeBuffer(&request)
    }

    /// An answer begins with its length: one that doesn't add up would make a client read nonsense from there on.
    static func requireWhole(_ answer: ByteBuffer) {
        guard let length = answer.getInteger(at: answer.readerIndex, as: Int32.self) else {
            preconditionFailure("an answer of \(answer.readableBytes) bytes")
        }
        precondition(Int(length) == answer.readableBytes - 4, "an answer of \(answer.readableBytes) bytes says \(length)")
    }
}
