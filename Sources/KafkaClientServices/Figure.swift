/// One number to publish, known by name and dimensions.
struct Figure: Hashable {
    struct Dimension: Hashable {
        var name: String
        var value: String
    }

    var name: String
    var dimensions: [Dimension] = []
}
