import JSONSchema
import Yams

extension JSONPointer {
    /// The line, from 1, on which the value at this place begins; `nil` if there is no such value.
    ///
    /// The parser of JSON keeps no places. JSON is YAML too, and the parser of that does: good enough for what only errors need.
    public func line(in text: String) -> Int? {
        guard var node = try? Yams.compose(yaml: text) else { return nil }
        for token in tokens {
            switch node {
            case .mapping(let mapping):
                guard let member = mapping.first(where: { $0.key.scalar?.string == token }) else { return nil }
                node = member.value
            case .sequence(let elements):
                guard let index = Int(token), elements.indices.contains(index) else { return nil }
                node = elements[index]
            default: return nil
            }
        }
        return node.mark?.line
    }
}
