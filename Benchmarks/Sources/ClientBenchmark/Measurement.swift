/// What a run took. Both programs print it as one line, the driver reads it.
struct Measurement: Equatable {
    var records: Int
    var seconds: Double
    /// User and system time of the whole process, librdkafka's threads included.
    var cpuSeconds: Double

    var recordsPerSecond: Double { Double(records) / seconds }
    var cpuMicrosecondsPerRecord: Double { cpuSeconds * 1e6 / Double(records) }

    var line: String { "records=\(records) seconds=\(seconds) cpu=\(cpuSeconds)" }

    init(records: Int, seconds: Double, cpuSeconds: Double) {
        self.records = records
        self.seconds = seconds
        self.cpuSeconds = cpuSeconds
    }

    /// `nil` if it is not such a line.
    init?(line: some StringProtocol) {
        var values: [Substring: Double] = [:]
        for field in line.split(separator: " ") {
            let parts = field.split(separator: "=")
            guard parts.count == 2, let value = Double(parts[1]) else { return nil }
            values[Substring(parts[0])] = value
        }
        guard let records = values["records"], let seconds = values["seconds"], let cpu = values["cpu"] else { return nil }
        self.init(records: Int(records), seconds: seconds, cpuSeconds: cpu)
    }
}
