/// The file of one event's type.
///
/// A build wants to know its files before it makes them, so they are named here, by the text of the manifest alone. The names are those
/// that the generator gives to the types; where it has to give another one, only the file keeps this name.
struct EventFile {
    /// As the manifest writes it: `context/event@major.minor`.
    let event: String
    /// Without extension.
    let name: String

    /// What every service has.
    static let fixed: Set<String> = ["Contract", "Effect", "EffectResult", "Input", "Output", "Timer"]

    private struct Parts: Hashable {
        let context: String
        let event: String
        let major: Int
    }

    /// Every event that the manifest names, once.
    static func all(in manifest: String) -> [EventFile] {
        let events = Set(
            manifest.split(whereSeparator: \.isNewline).flatMap { line in
                line.prefix { $0 != "#" }.matches(of: /[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*@[0-9]+\.[0-9]+/).map { String($0.output) }
            }
        ).sorted()
        let parts = events.map(parts)
        var files: [EventFile] = []
        for (event, part) in zip(events, parts) {
            let name = name(part, among: parts)
            let isTaken = fixed.contains(name) || files.contains { $0.name == name }
            files.append(EventFile(event: event, name: isTaken ? camel(event.split { !$0.isLetter && !$0.isNumber }) : name))
        }
        return files
    }

    private static func parts(_ event: String) -> Parts {
        let parts = event.split { "/@.".contains($0) }
        return Parts(context: String(parts[0]), event: String(parts[1]), major: Int(parts[2]) ?? 0)
    }

    private static func name(_ event: Parts, among others: [Parts]) -> String {
        let isShared = others.contains { $0.event == event.event && $0.context != event.context }
        let isOlder = others.contains { $0.event == event.event && $0.context == event.context && $0.major > event.major }
        let name = isShared || event.event == "state" ? "\(event.context)-\(event.event)" : event.event
        return camel(name.split(separator: "-")) + (isOlder ? "V\(event.major)" : "")
    }

    private static func camel(_ words: [Substring]) -> String {
        words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}
