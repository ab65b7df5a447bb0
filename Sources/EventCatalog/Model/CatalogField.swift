/// One field of an event's data, as a person looks it up.
public struct CatalogField: Sendable, Hashable {
    /// `lines[].sku`: members by their names, `[]` for the elements of an array, `{}` for the values of an object with free names.
    public var path: String
    /// `string`, `integer`, `array of object`, `string or null`.
    public var type: String
    /// Whether it must be there wherever its parent is.
    public var isRequired: Bool
    /// What else its schema demands, a phrase each.
    public var constraints: [String]
    public var description: String
    /// The first version of the event that has a field at this path.
    public var since: String

    /// Where a page puts its anchor: the path without its brackets.
    public var anchor: String { path.replacing("[]", with: "").replacing("{}", with: "") }
}
