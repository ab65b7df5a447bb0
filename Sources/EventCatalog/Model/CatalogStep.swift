import EventContracts

/// From one version of an event to the next.
public struct CatalogStep: Sendable, Hashable {
    /// Whether a reader of the newer version understands what the older one wrote; its differences lead from the older to the newer.
    public var backward: ReadCheck
    /// Whether a reader of the older version understands what the newer one writes.
    public var forward: ReadCheck
}
