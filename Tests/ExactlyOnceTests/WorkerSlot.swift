import FerryTesting
import Foundation

@testable import ExactlyOnceWorker

/// A worker of the group: one process after another, since each may be killed.
actor WorkerSlot {
    private let executable: URL
    private let log: URL
    private var options: RelayOptions
    private var process: ChildProcess?
    /// What has struck, with the evidence.
    private(set) var landed: [String] = []

    init(executable: URL, options: RelayOptions, folder: URL) {
        self.executable = executable
        self.options = options
        log = folder.appendingPathComponent("\(options.name).log")
    }

    /// Faults that are still to come.
    var pending: Int { options.faults.count }

    func start() throws {
        let argument = String(decoding: try JSONEncoder().encode(options), as: UTF8.self)
        process = try ChildProcess(options.name, executable: executable, arguments: [argument], log: log)
    }

    /// Sees to it that the worker's faults are met, and followed up, as long as the task isn't cancelled.
    ///
    /// - Parameter isMember: whether the group counts a client of that name.
    /// - Throws: ``ChaosFailure`` if the worker ends in any other way than the plan says.
    func supervise(isMember: (String) async -> Bool) async throws {
        while true {
            try await Task.sleep(for: .milliseconds(20))
            guard let process else { return }
            if let end = process.end {
                try restart(after: end)
            } else if options.faults.first?.signal == .stop, process.isStopped {
                try await continueZombie(process, isMember: isMember)
            }
        }
    }

    /// `kill -9`, whatever state it is in.
    func end() async {
        process?.send(SIGKILL)
        _ = try? await process?.waitForEnd(deadline: .seconds(10))
        process = nil
    }

    private func restart(after end: ChildProcess.Ending) throws {
        guard end == .signal(SIGKILL), let fault = options.faults.first, fault.signal == .kill else {
            let tail = ((try? String(contentsOf: log, encoding: .utf8)) ?? "").suffix(2_000)
            throw ChaosFailure("\(options.name) ended by itself, \(end):\n\(tail)")
        }
        options.faults.removeFirst()
        landed.append("\(options.name) died of SIGKILL when \(fault.point)")
        try start()
    }

    /// A stopped worker becomes a zombie when the group has gone on without it; only then may it go on.
    private func continueZombie(_ process: ChildProcess, isMember: (String) async -> Bool) async throws {
        guard let fault = options.faults.first else { return }
        guard try await waitUntil(.seconds(60), every: .milliseconds(200), { await !isMember(options.name) }) else {
            throw ChaosFailure("\(options.name) was stopped for a minute, and is a member of the group still")
        }
        process.send(SIGCONT)
        guard try await waitUntil(.seconds(60), every: .milliseconds(200), { await isMember(options.name) }) else {
            throw ChaosFailure("\(options.name) went on as a zombie, and did not join its group again")
        }
        options.faults.removeFirst()
        landed.append("\(options.name) was stopped when \(fault.point), evicted, continued, and joined again")
    }
}
