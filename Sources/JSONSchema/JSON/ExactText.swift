/// A string as JSON sees it, for dictionaries and sets: equal only to the same code points.
struct ExactText: Sendable, Hashable {
    let text: String

    init(_ text: String) { self.text = text }

    static func == (left: ExactText, right: ExactText) -> Bool { left.text.isExactly(right.text) }

    func hash(into hasher: inout Hasher) { text.hashExactly(into: &hasher) }
}
