import Foundation

/// Authorities and certificates of a test's own, made by the `openssl` program in a folder that goes with this object.
final class Certificates: Sendable {
    /// PEM files.
    struct Identity: Sendable {
        let certificate: String
        let key: String
    }

    struct Failure: Error {
        let command: [String]
        let output: String
    }

    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ferry-certificates-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// Signs its own certificate.
    func authority(_ name: String) async throws -> Identity {
        let identity = try await identity(name, "basicConstraints = critical, CA:TRUE\nkeyUsage = critical, keyCertSign, cRLSign")
        try await openssl(
            "req", "-x509", "-new", "-sha256", "-days", "2", "-key", "\(name).key", "-config", "\(name).cnf", "-extensions", "extensions",
            "-out", "\(name).pem")
        return identity
    }

    /// - Parameter alternatives: what the certificate is for, such as `DNS:localhost, IP:127.0.0.1`.
    func certificate(_ name: String, for alternatives: String, by authority: Identity) async throws -> Identity {
        let identity = try await identity(name, "basicConstraints = CA:FALSE\nsubjectAltName = \(alternatives)")
        try await openssl("req", "-new", "-sha256", "-key", "\(name).key", "-config", "\(name).cnf", "-out", "\(name).csr")
        try await openssl(
            "x509", "-req", "-sha256", "-days", "2", "-in", "\(name).csr", "-CA", authority.certificate, "-CAkey", authority.key,
            "-CAcreateserial", "-extfile", "\(name).cnf", "-extensions", "extensions", "-out", "\(name).pem")
        return identity
    }

    /// The same key, which only the password opens.
    func encrypted(_ identity: Identity, password: String) async throws -> Identity {
        let key = identity.key + ".encrypted"
        try await openssl(
            "pkcs8", "-topk8", "-v2", "aes-256-cbc", "-in", identity.key, "-out", key, "-passout", "env:KEY_PASSWORD",
            environment: ["KEY_PASSWORD": password])
        return Identity(certificate: identity.certificate, key: key)
    }

    /// A key, and the configuration that says what its certificate is to hold: nothing comes from the machine's own.
    private func identity(_ name: String, _ extensions: String) async throws -> Identity {
        let configuration = "[req]\nprompt = no\ndistinguished_name = name\n[name]\nCN = \(name)\n[extensions]\n\(extensions)\n"
        try Data(configuration.utf8).write(to: folder.appendingPathComponent("\(name).cnf"))
        try await openssl("ecparam", "-genkey", "-name", "prime256v1", "-noout", "-out", "\(name).key")
        return Identity(
            certificate: folder.appendingPathComponent("\(name).pem").path, key: folder.appendingPathComponent("\(name).key").path)
    }

    private func openssl(_ arguments: String..., environment: [String: String] = [:]) async throws {
        let log = folder.appendingPathComponent("openssl.log")
        try Data().write(to: log)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: log)
        let status = try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
        guard status == 0 else { throw Failure(command: arguments, output: try String(contentsOf: log, encoding: .utf8)) }
    }
}
