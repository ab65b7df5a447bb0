/// The timers of a service that has none.
public enum NoTimer: RawRepresentable, Sendable, Hashable, CaseIterable {
    public init?(rawValue: String) { nil }
    public var rawValue: String { switch self {} }
}
