/// How the members of a group share partitions. All members must offer one in common.
public enum AssignmentStrategy: String, Sendable, Hashable, CaseIterable {
    /// Partition i of every topic to the same member: what keeps equal keys of several topics
    /// together.
    case range
    case roundRobin = "roundrobin"
    /// Moves as few partitions as it can, and the others go on meanwhile. Cannot be mixed with
    /// the two above in one group.
    case cooperativeSticky = "cooperative-sticky"
}
