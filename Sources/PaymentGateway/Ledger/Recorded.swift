/// What the ledger says to a request: written just now, or found under its idempotency key.
enum Recorded<Entry: Sendable & Hashable>: Sendable, Hashable {
    case new(Entry)
    case known(Entry)

    var entry: Entry {
        switch self {
        case .new(let entry), .known(let entry): entry
        }
    }
}
