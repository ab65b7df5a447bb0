import EventContracts

/// Which topic an event belongs to: the one that its service writes, or, for a command, the one that its service reads.
struct Routes {
    private var topics: [String: String] = [:]

    init(_ manifests: [ServiceManifest]) {
        // A topic of commands is read by one service and written by none of them; outputs come last, so they win.
        for topic in manifests.flatMap({ manifest in manifest.inputs.map { (manifest.namespace, $0) } }) {
            add(topic.1, namespace: topic.0)
        }
        for topic in manifests.flatMap({ manifest in manifest.outputs.map { (manifest.namespace, $0) } }) {
            add(topic.1, namespace: topic.0)
        }
    }

    private mutating func add(_ topic: ServiceManifest.Topic, namespace: String) {
        for event in topic.events { topics[event.type(in: namespace)] = topic.name }
    }

    func topic(of type: String) -> String? { topics[type] }

    var types: [String] { topics.keys.sorted() }
}
