import Logging

extension Logger {
    /// To standard error, since a run's figures go to standard output.
    static var errors: Logger {
        var logger = Logger(label: "client-benchmark") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .error
        return logger
    }
}
