import EventContracts

/// What a worker remembers of the keys of one partition number: committed, and staged by the open transaction.
///
/// Staged changes are seen by later records of the same batch and become the truth with ``commit()``; ``rollback()``
/// forgets them, so memory never runs ahead of the changelog.
struct PartitionStore<Contract: ServiceContract> {
    private var committed: [String: KeyState<Contract>]
    private var staged: [String: Step<Contract>.Change] = [:]

    init(restored: [String: KeyState<Contract>] = [:]) {
        committed = restored
    }

    /// The state of a key as the open transaction sees it.
    func current(_ key: String) -> KeyState<Contract> {
        staged[key]?.keyState ?? committed[key] ?? KeyState()
    }

    mutating func stage(_ change: Step<Contract>.Change, for key: String) {
        staged[key] = change
    }

    /// What the open transaction changes, in the order of the keys: one changelog record each.
    var changes: [(key: String, changelogValue: [UInt8]?)] {
        staged.sorted { $0.key < $1.key }.map { ($0.key, $0.value.changelogValue) }
    }

    mutating func commit() {
        for (key, change) in staged {
            committed[key] = change.keyState.isEmpty ? nil : change.keyState
        }
        staged.removeAll(keepingCapacity: true)
    }

    mutating func rollback() {
        staged.removeAll(keepingCapacity: true)
    }
}
