/// By which rules versions are compared, in which direction, and with how many of the earlier ones.
public struct CompatibilityPolicy: Sendable, Hashable, CustomStringConvertible {
    public enum Rules: Sendable, Hashable {
        /// A reader must accept whatever a closed writer may write: a proof, or a document that shows the contrary.
        case containment
        /// The rules of Confluent's Schema Registry for JSON Schema.
        case registry
    }

    public enum Direction: Sendable, Hashable {
        /// The newer version reads what the older one wrote.
        case backward
        /// The older version reads what the newer one writes.
        case forward
        case full
    }

    public var rules: Rules
    public var direction: Direction
    /// With every earlier version of the major, not only with the one before.
    public var isTransitive: Bool

    public init(rules: Rules = .containment, direction: Direction, isTransitive: Bool) {
        self.rules = rules
        self.direction = direction
        self.isTransitive = isTransitive
    }

    /// What holds between the versions of a major here.
    public static let house = CompatibilityPolicy(direction: .full, isTransitive: true)

    /// Reads `full-transitive`, `confluent-backward` and the like; `nil` for anything else.
    public init?(_ name: String) {
        guard let policy = Self.all.first(where: { $0.description == name }) else { return nil }
        self = policy
    }

    public static let all: [CompatibilityPolicy] = [Rules.containment, .registry].flatMap { rules in
        [Direction.backward, .forward, .full].flatMap { direction in
            [false, true].map { CompatibilityPolicy(rules: rules, direction: direction, isTransitive: $0) }
        }
    }

    public var description: String {
        let direction =
            switch direction {
            case .backward: "backward"
            case .forward: "forward"
            case .full: "full"
            }
        return (rules == .registry ? "confluent-" : "") + direction + (isTransitive ? "-transitive" : "")
    }
}
