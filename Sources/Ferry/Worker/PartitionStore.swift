import EventContracts

/// What a worker remembers of the keys of one partition number: committed, and staged by the open transaction.
///
/// Staged changes are seen by later records of the same batch and become the truth with ``commit()``; ``rollback()``
/// forgets them, so memory never runs ahead of the changelog.
struct PartitionStore<Contract: ServiceContract> {
    private var committed: [String: KeyState<Contract>]
    private var staged: [String: KeyState<Contract>] = [:]

    init(restored: [String: KeyState<Contract>] = [:]) {
        committed = restored
    }

    var keys: Dictionary<String, KeyState<Contract>>.Keys { committed.keys }

    /// The state of a key as the open transaction sees it.
    func current(_ key: String) -> KeyState<Contract> {
        staged[key] ?? committed[key] ?? KeyState()
    }

    mutating func stage(_ state: KeyState<Contract>, for key: String) {
        staged[key] = state
    }

    /// What the open transaction changes, in the order of the keys: one changelog record each.
    var changes: [(key: String, state: KeyState<Contract>)] {
        staged.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    mutating func commit() {
        for (key, state) in staged {
            committed[key] = state.isEmpty ? nil : state
        }
        staged.removeAll(keepingCapacity: true)
    }

    mutating func rollback() {
        staged.removeAll(keepingCapacity: true)
    }
}
