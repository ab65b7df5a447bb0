/// Why the demo could not be carried through. The books not balancing is no failure of the demo, but its result.
struct DemoFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
