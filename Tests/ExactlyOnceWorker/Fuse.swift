import Foundation

/// Strikes the process at the points of its batches that it was told.
struct Fuse {
    private var faults: ArraySlice<RelayOptions.Fault>
    private var batch = 0

    init(_ faults: [RelayOptions.Fault]) {
        self.faults = faults[...]
    }

    mutating func beginBatch() { batch += 1 }

    /// A stop returns when the process is continued.
    mutating func pass(_ point: RelayOptions.Point) {
        guard let fault = faults.first, fault.point == point, batch >= fault.batch else { return }
        faults.removeFirst()
        batch = 0
        switch fault.signal {
        case .kill: kill(getpid(), SIGKILL)
        case .stop: kill(getpid(), SIGSTOP)
        }
    }
}
