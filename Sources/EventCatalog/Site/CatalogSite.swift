import Mustache

/// The catalogue as one page of HTML that needs nothing else: no network, no other file.
///
/// Anchors are made of names alone (`#cart/item-added`, `#cart/item-added@1.0`, `#cart/item-added@1.0:sku`), so they stay when events
/// come and go.
public struct CatalogSite: Sendable {
    private let catalog: EventCatalog
    private let title: String

    public init(_ catalog: EventCatalog, title: String) {
        self.catalog = catalog
        self.title = title
    }

    /// The same catalogue gives the same bytes.
    public func html() throws -> String {
        let template = try MustacheTemplate(string: Self.text(PackageResources.page_mustache))
        return template.render(
            SitePage(
                catalog, title: title, style: Self.text(PackageResources.page_css), script: Self.text(PackageResources.page_js)))
    }

    private static func text(_ resource: [UInt8]) -> String { String(decoding: resource, as: UTF8.self) }
}
