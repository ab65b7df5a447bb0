import Foundation

/// What is said to the person, apart from the data.
enum Talk {
    static func error(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
    }

    static func note(_ text: String, quiet: Bool) {
        if !quiet { error(text) }
    }
}
