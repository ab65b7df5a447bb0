import EventContracts

/// An event that travels on a topic, in all its versions.
public struct CatalogEvent: Sendable {
    public var context: String
    public var event: String
    /// The topic that carries it.
    public var topic: String
    /// Written by clients, and by no service.
    public var isCommand: Bool
    /// Oldest first; at least one.
    public var versions: [CatalogVersion]

    /// `cart/item-added`, which is its anchor on a page as well.
    public var name: String { "\(context)/\(event)" }
}
