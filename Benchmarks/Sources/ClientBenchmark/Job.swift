/// One run of one work, in the order of the arguments that both programs take.
struct Job {
    var work: Work
    var brokers: String
    var topic: String
    var records: Int
    var headers = 0
    /// Of transactions: where they write, and how many records each holds.
    var output: String?
    var batch = 0

    /// Of every topic.
    static let partitions: Int32 = 4

    var arguments: [String] {
        let common = [work.rawValue, brokers, topic, "\(records)", "\(headers)"]
        guard let output else { return common }
        return common + [output, "\(batch)"]
    }
}
