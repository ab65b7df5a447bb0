import ArgumentParser
import Foundation
import JSONSchema

/// Standard output, where the data goes.
enum Output {
    static func line(_ json: JSONValue) throws {
        try write(json.canonicalBytes() + [0x0A])
    }

    static func text(_ text: String) throws { try write(Array(text.utf8)) }

    /// - Throws: a clean exit when nobody reads any more (`| head`).
    static func write(_ bytes: [UInt8]) throws {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(bytes))
        } catch {
            throw ExitCode.success
        }
    }
}
