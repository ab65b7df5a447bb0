/// The ways in which bytes reach a broker. The letters make a corpus that a person can read.
enum Door: UInt8, CaseIterable {
    /// A connection's bytes as they come.
    case stream = 0x73  // s
    /// Requests without their lengths, which are put right: what is inside them is what matters.
    case requests = 0x72  // r
    /// Record batches for a Produce request, with checksums put right.
    case records = 0x62  // b
    /// The files of a partition, as a crash or a disk may leave them.
    case log = 0x6C  // l
    /// The files of what a broker knows of its groups and transactions.
    case state = 0x67  // g
}
