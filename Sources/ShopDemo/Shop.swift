import FerryTesting
import Foundation

/// The shop as it runs for real: three services and the payment gateway, four processes that know each other only through
/// topics and HTTP, and a broker, if it isn't to run on one that is there.
actor Shop {
    enum Member: String, CaseIterable, Sendable {
        case cart, order, payment

        var program: String { "\(rawValue)-service" }

        /// What the member reads, as its manifest says.
        var inputTopics: [String] {
            switch self {
            case .cart: ["cart.commands", "order.events"]
            case .order: ["order.commands", "cart.events", "payment.events", "order.timers"]
            case .payment: ["order.events", "payment.results"]
            }
        }
    }

    struct Settings: Sendable {
        /// The broker that is there; `nil` starts one.
        var brokers: String?
        var topicPrefix = ""
        /// Where logs and the ledger go.
        var folder: URL
        var orderPaymentTimeout: Duration = .seconds(900)
    }

    private let executables: Executables
    private let settings: Settings
    private var members: [Member: ChildProcess] = [:]
    /// Workers that were added to those of the members, by name.
    private var added: [String: ChildProcess] = [:]
    private var gateway: ChildProcess?
    private var broker: BrokerProcess?
    private var peaks: [String: Int] = [:]
    private(set) var gatewayAddress: URL?
    private(set) var brokers = ""

    init(_ executables: Executables, _ settings: Settings) {
        self.executables = executables
        self.settings = settings
    }

    /// Starts a broker unless one was named, and returns when it is ready.
    func startBroker() async throws {
        if let named = settings.brokers {
            brokers = named
            return
        }
        let broker = try await BrokerProcess(ferry: executables.url("ferry"), data: brokerData, log: log("broker"))
        self.broker = broker
        brokers = broker.address
    }

    /// Whether the broker is one of the shop's own processes, which may be crashed.
    var ownsBroker: Bool { broker != nil }

    /// `kill -9` of the broker, then a new process on its data and its port.
    func crashBroker() async throws {
        notePeaks()
        try await broker?.crash()
    }

    /// What the broker's logs take on the disk, in bytes; `nil` if it isn't the shop's own.
    var brokerDataSize: Int? {
        guard broker != nil else { return nil }
        let keys: Set<URLResourceKey> = [.isRegularFileKey, .fileSizeKey]
        let files = FileManager.default.enumerator(at: brokerData, includingPropertiesForKeys: Array(keys))
        return files?.reduce(0) { sum, file in
            sum + ((file as? URL).flatMap { try? $0.resourceValues(forKeys: keys).fileSize } ?? 0)
        }
    }

    private var brokerData: URL { settings.folder.appendingPathComponent("broker") }

    /// Starts the gateway, waits for its address, then starts the services.
    func start() async throws {
        try await startGateway()
        for member in Member.allCases { try start(member) }
    }

    func start(_ member: Member) throws {
        members[member] = try launch(member.program, as: member, log: log(member.program))
    }

    /// Starts one more worker of a service, of another version perhaps, and returns when it has partitions.
    ///
    /// - Parameter name: what the worker is called here, to stop it by.
    func add(_ program: String, to member: Member, as name: String) async throws {
        let log = log(name)
        added[name] = try launch(program, as: member, log: log)
        let ready = try await waitUntil(.seconds(60)) {
            try self.checkAlive()
            return try String(contentsOf: log, encoding: .utf8).contains("partitions assigned")
        }
        guard ready else { throw DemoFailure("\(program) had no partitions within 60 seconds; see \(log.path)") }
    }

    /// Stops the member's own worker, as an operator would, and leaves the ones that were added.
    func stop(_ member: Member) async throws {
        try await stop(members.removeValue(forKey: member))
    }

    func stop(added name: String) async throws {
        try await stop(added.removeValue(forKey: name))
    }

    private func stop(_ process: ChildProcess?) async throws {
        guard let process else { return }
        let end = await process.stop(deadline: .seconds(60))
        guard end == .exit(0) else { throw DemoFailure("\(process.name) was asked to stop, but \(end.map { "\($0)" } ?? "runs on")") }
    }

    private func launch(_ program: String, as member: Member, log: URL) throws -> ChildProcess {
        try ChildProcess(
            program, executable: executables.url(program),
            // The shortest session that Kafka allows: after a crash the successor waits for as long.
            arguments: ["-X", "session.timeout.ms=6000"],
            environment: environment(of: member), log: log)
    }

    /// `kill -9`, then a new process, which the group knows nothing of.
    ///
    /// - Throws: ``DemoFailure`` if the process did not die of the signal: then the fault never landed.
    func crash(_ member: Member) async throws {
        notePeaks()
        members[member]?.send(SIGKILL)
        let end = try await members[member]?.waitForEnd(deadline: .seconds(10))
        guard end == .signal(SIGKILL) else {
            throw DemoFailure("\(member.program) was to die of SIGKILL, but ended with \(end.map { "\($0)" } ?? "nothing")")
        }
        try start(member)
    }

    /// - Throws: ``DemoFailure`` naming a process that has ended by itself, with the end of its log.
    func checkAlive() throws {
        notePeaks()
        for process in processes {
            guard let end = process.end else { continue }
            let text = (try? String(contentsOf: process.log, encoding: .utf8)) ?? ""
            let tail = text.split(separator: "\n").suffix(5).joined(separator: "\n")
            throw DemoFailure("\(process.name) ended by itself (\(end)); its log \(process.log.path) ends with\n\(tail)")
        }
    }

    /// Stops everything that was started; safe to call at any time, and again.
    func stop() async {
        notePeaks()
        await withTaskGroup { group in
            for process in Array(members.values) + Array(added.values) { group.addTask { _ = await process.stop() } }
        }
        await gateway?.stop()
        await broker?.stop()
        members = [:]
        added = [:]
        gateway = nil
        broker = nil
    }

    private var processes: [ChildProcess] {
        Array(members.values) + Array(added.values) + [gateway, broker?.process].compactMap { $0 }
    }

    /// Peak resident memory of each program, in bytes, as far as the system tells.
    var peakMemory: [String: Int] { peaks }

    private func notePeaks() {
        for process in processes {
            if let peak = process.peakMemory { peaks[process.name] = max(peaks[process.name] ?? 0, peak) }
        }
    }

    private func startGateway() async throws {
        let portFile = settings.folder.appendingPathComponent("gateway.port")
        try? FileManager.default.removeItem(at: portFile)
        gateway = try ChildProcess(
            "payment-gateway",
            executable: executables.url("payment-gateway"),
            arguments: [
                "--port", "0", "--port-file", portFile.path,
                "--database", settings.folder.appendingPathComponent("ledger.sqlite").path,
                // Long enough for a client's cancel to overtake the answer, also on a slow machine.
                "--slow-delay", "6",
            ],
            log: log("payment-gateway")
        )
        let ready = try await waitUntil(.seconds(30)) {
            try self.checkAlive()
            return FileManager.default.fileExists(atPath: portFile.path)
        }
        guard ready, let port = Int(try String(contentsOf: portFile, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines))
        else { throw DemoFailure("the payment gateway did not tell its port within 30 seconds") }
        gatewayAddress = URL(string: "http://127.0.0.1:\(port)")
    }

    private func environment(of member: Member) -> [String: String] {
        var environment = [
            "FERRY_BROKERS": brokers,
            "FERRY_TOPIC_PREFIX": settings.topicPrefix,
        ]
        switch member {
        case .cart: break
        case .order: environment["ORDER_PAYMENT_TIMEOUT"] = "\(settings.orderPaymentTimeout.components.seconds)"
        case .payment: environment["PAYMENT_GATEWAY_URL"] = gatewayAddress?.absoluteString ?? ""
        }
        return environment
    }

    private func log(_ name: String) -> URL { settings.folder.appendingPathComponent("\(name).log") }
}
