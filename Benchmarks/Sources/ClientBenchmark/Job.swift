/// One run of one piece of work.
struct Job {
    var work: Work
    var brokers: String
    var topic: String
    var records: Int
    var headers = 0
    /// Of transactions: where they write, and how many records each holds.
    var output: String?
    var batch = 0
    /// Whether Swift hands over and takes records as arrays of their own, instead of lending and borrowing.
    var copies = false

    /// Of every topic.
    static let partitions: Int32 = 4

    /// As both programs take them.
    var arguments: [String] {
        let common = [work.rawValue, brokers, topic, "\(records)", "\(headers)"]
        guard let output else { return common }
        return common + [output, "\(batch)"]
    }
}
