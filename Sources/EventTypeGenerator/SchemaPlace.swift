import EventContracts
import JSONSchema

/// A place in one schema: what errors are told by.
struct SchemaPlace {
    let catalogue: SchemaCatalogue
    let reference: EventReference
    private var pointer = JSONPointer()

    init(catalogue: SchemaCatalogue, reference: EventReference) {
        self.catalogue = catalogue
        self.reference = reference
    }

    func appending(_ tokens: String...) -> SchemaPlace {
        var place = self
        for token in tokens { place.pointer = place.pointer.appending(token) }
        return place
    }

    var isRoot: Bool { pointer == JSONPointer() }

    func refusal(_ message: String) throws(CatalogueError) -> CatalogueError {
        try catalogue.error(in: reference, at: pointer, message)
    }
}
