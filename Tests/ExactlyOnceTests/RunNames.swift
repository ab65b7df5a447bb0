import Foundation

/// Topics and a group that no other run has.
struct RunNames {
    let source: String
    let target: String
    let group: String

    init() {
        let id = UUID().uuidString.prefix(8).lowercased()
        source = "exactly-once-\(id).in"
        target = "exactly-once-\(id).out"
        group = "exactly-once-\(id)"
    }
}
