import EventContracts

/// Why a changelog record can't be taken over.
enum ChangelogError: Error, Sendable, Hashable, CustomStringConvertible {
    case unreadable(String)
    /// The state was written under a version that isn't read here, or that isn't what it says to be.
    case unreadableState(written: EventReference, read: [EventReference], String?)

    var description: String {
        switch self {
        case .unreadable(let what): what
        case .unreadableState(let written, let read, let why):
            "the state was written under \(written), and this version reads \(read.map(\.description).joined(separator: " and "))"
                + (why.map { ": \($0)" } ?? "")
        }
    }
}
