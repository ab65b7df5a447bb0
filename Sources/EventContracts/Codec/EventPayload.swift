/// The data of one event in one version. Conforming types are generated from schemas.
public protocol EventPayload: PayloadValue {
    static var reference: EventReference { get }
    /// The `ce_type`, for example `shop.cart.item-added.v1`.
    static var type: String { get }
    /// The `$id` of the schema.
    static var schemaID: String { get }
    static var schemas: PayloadSchemas { get }
}
