import Logging

extension EmbeddedKafka {
    /// What survives a power cut. A killed broker loses nothing in any case.
    public enum Fsync: String, Sendable, CaseIterable {
        /// Everything that was acknowledged with acks=all, and every commit.
        case always
        /// All but the last moments, see ``Configuration/maintenanceIntervalMilliseconds``.
        case interval
        /// What the system happened to write.
        case never
    }

    /// In which way a broker ends.
    public enum Ending: Sendable, Hashable, CaseIterable {
        /// As on SIGTERM: the logs are closed.
        case orderly
        /// As on SIGKILL: nothing is closed, nothing that was written is lost.
        case killed
        /// What was not synced is lost, see ``Fsync``.
        case powerCut
    }

    /// Where a broker is reached.
    public struct Address: Sendable, Hashable, CustomStringConvertible {
        public var host: String
        public var port: Int

        public init(host: String, port: Int) {
            self.host = host
            self.port = port
        }

        public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
    }

    /// Why a broker doesn't start.
    public struct StartError: Error, CustomStringConvertible {
        public let description: String
    }

    public struct Configuration: Sendable {
        /// Where logs are kept; `nil` keeps them in memory, and they go with the broker. One broker at a time may use a folder.
        public var directory: String?
        public var host = "127.0.0.1"
        /// 0 takes a free one.
        public var port = 0
        /// Where clients are told to come, if not to where it listens: what is in front of it, a proxy or a mapped port.
        public var advertised: Address?
        /// Listening beyond the loopback interface has to be wanted: nothing is encrypted.
        public var allowsRemote = false
        /// What is on the disk, beyond what the system holds for it, when a producer is told that its records are safe.
        public var fsync = Fsync.interval
        /// Of topics that are created without saying how many.
        public var defaultPartitions = 1
        /// Whether naming an unknown topic creates it, as Kafka does unless told otherwise.
        public var createsTopics = true
        /// Passwords by name, for SASL PLAIN. Without any, everyone may come in.
        public var users: [String: String] = [:]
        /// How long the first member of a group waits for others (Kafka: 3,000).
        public var groupInitialDelayMilliseconds: Int64 = 0
        /// The shortest session that a group's member may ask for (Kafka: 6,000).
        public var groupMinSessionTimeoutMilliseconds: Int64 = 6_000
        /// How often retention, compaction and, with ``Fsync/interval``, syncing are looked after.
        public var maintenanceIntervalMilliseconds: Int64 = 1_000
        public var logger: Logger

        public init(directory: String? = nil, logger: Logger = Logger(label: "embedded-kafka") { _ in SwiftLogNoOpLogHandler() }) {
            self.directory = directory
            self.logger = logger
        }
    }
}
