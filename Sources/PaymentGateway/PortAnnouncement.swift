import Foundation
import ServiceLifecycle

/// Tells whoever started the gateway where it listens, once it does: a line on standard output, and a file if one is wanted.
struct PortAnnouncement: Service {
    let host: String
    let portFile: String?

    private let ports: AsyncStream<Int>
    private let bound: AsyncStream<Int>.Continuation

    init(host: String, portFile: String?) {
        self.host = host
        self.portFile = portFile
        (ports, bound) = AsyncStream.makeStream(of: Int.self)
    }

    /// To be called when the socket accepts connections.
    func listening(port: Int) {
        bound.yield(port)
        bound.finish()
    }

    /// - Throws: what writing the file reports. A gateway that can't be found is of no use, so that ends it.
    func run() async throws {
        for await port in ports.cancelOnGracefulShutdown() {
            if let portFile {
                // Atomically: who sees the file sees the whole number.
                try Data("\(port)\n".utf8).write(to: URL(fileURLWithPath: portFile), options: .atomic)
            }
            try? FileHandle.standardOutput.write(contentsOf: Data("payment-gateway listens on http://\(host):\(port)\n".utf8))
        }
        try? await gracefulShutdown()
    }
}
