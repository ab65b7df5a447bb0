import NIOCore
import Testing

@testable import EmbeddedKafka

@Suite("Hostile bytes", .timeLimit(.minutes(5)))
struct HostileBytesTests {
    /// Whether the broker still answers: to the oldest question there is.
    private func expectAlive(_ broker: EmbeddedKafka) async throws {
        let client = try await RawClient.connect(to: broker)
        #expect(try await !client.ask("ApiVersions", version: 0, [:]).apiKeys.elements.isEmpty)
        try await client.close()
    }

    @Test(
        "A length beyond the limit, or below any request, closes the connection",
        arguments: [
            [0x7F, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0], [0, 0, 0, 3, 1, 2, 3], [0x01, 0, 0, 0, 0, 3],
        ] as [[UInt8]])
    func lengths(bytes: [UInt8]) async throws {
        try await withBroker { broker, client in
            try await client.sendUntilClosed(ByteBuffer(bytes: bytes))
            try await expectAlive(broker)
        }
    }

    @Test(
        "An unknown request, and a version that isn't spoken, close the connection",
        arguments: [
            [0, 0, 0, 10, 0x7F, 0, 0, 0, 0, 0, 0, 1, 0xFF, 0xFF], [0, 0, 0, 10, 0, 0, 0x7F, 0, 0, 0, 0, 1, 0xFF, 0xFF],
        ] as [[UInt8]])
    func unknown(bytes: [UInt8]) async throws {
        try await withBroker { broker, client in
            try await client.sendUntilClosed(ByteBuffer(bytes: bytes))
            try await expectAlive(broker)
        }
    }

    @Test("A request with more elements than anyone needs is refused before they fill the memory")
    func elements() async throws {
        try await withBroker { broker, client in
            var frame = ByteBuffer()
            frame.writeMultipleIntegers(Int32(14 + 4_000_000), 42 as Int16, 0 as Int16, 1 as Int32, -1 as Int16, 2_000_000 as Int32)
            frame.writeRepeatingByte(0, count: 4_000_000)
            try await client.sendUntilClosed(frame)
            try await expectAlive(broker)
        }
    }

    @Test("Thousands of requests at once are answered in order, by a client that reads late, too")
    func pipelined() async throws {
        try await withBroker { broker, client in
            var frames = ByteBuffer()
            for _ in 0..<50_000 { frames.writeMultipleIntegers(10 as Int32, 12 as Int16, 0 as Int16, 1 as Int32, -1 as Int16) }
            try await client.another().sendAndLeave(frames)
            let answers = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<2_000 { group.addTask { try await client.ask("ApiVersions", version: 3, [:]).apiKeys.elements.count } }
                return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
            }
            #expect(answers.count == 1)
        }
    }

    @Test("A thousand idle connections and a request that never ends hold nobody up")
    func idle() async throws {
        try await withBroker { broker, _ in
            var clients: [RawClient] = []
            for _ in 0..<1_000 { clients.append(try await .connect(to: broker)) }
            try await clients[0].send(ByteBuffer(bytes: [0, 0, 1, 0, 0]))
            try await expectAlive(broker)
            for client in clients { try await client.close() }
        }
    }
}

extension ByteBuffer {
    /// A request of any kind with random bytes for a body, or with a sound body of which some bytes were changed.
    static func malformedRequest(isRandom: Bool, using generator: inout SplitMix) -> ByteBuffer {
        let api = API.all.randomElement(using: &generator) ?? API.all[0]
        let version = api.versions.randomElement(using: &generator) ?? 0
        var body = ByteBuffer()
        if isRandom {
            body.writeBytes((0..<Int.random(in: 0..<200, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator) })
        } else {
            var writer = WireWriter(into: body, version: Int(version), isFlexible: api.isFlexible(version))
            writer.write(.sample(of: api.request, version: Int(version)), as: api.request)
            body = writer.bytes
            for _ in 0..<3 where body.readableBytes > 0 {
                body.setInteger(UInt8.random(in: 0...255, using: &generator), at: Int.random(in: 0..<body.readableBytes, using: &generator))
            }
        }
        var frame = ByteBuffer()
        frame.writeMultipleIntegers(Int32(10 + body.readableBytes), api.key, version, 1 as Int32, -1 as Int16)
        frame.writeBuffer(&body)
        return frame
    }
}

/// A small generator whose seed a failing test can tell.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
