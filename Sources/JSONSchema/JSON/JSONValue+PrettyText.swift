extension JSONValue {
    /// Text for people: two spaces a level, members in the order of the document, no line end at the end.
    public func prettyText() -> String {
        var text = ""
        write(to: &text, indentation: "\n")
        return text
    }

    private func write(to text: inout String, indentation: String) {
        let inner = indentation + "  "
        switch self {
        case .array(let elements) where !elements.isEmpty:
            for (index, element) in elements.enumerated() {
                text += (index == 0 ? "[" : ",") + inner
                element.write(to: &text, indentation: inner)
            }
            text += indentation + "]"
        case .object(let object) where !object.isEmpty:
            for (index, (key, value)) in object.members.enumerated() {
                text += (index == 0 ? "{" : ",") + inner + JSONValue.string(key).description + ": "
                value.write(to: &text, indentation: inner)
            }
            text += indentation + "}"
        default: text += description
        }
    }
}
