/// One request, read.
struct Request {
    let header: RequestHeader
    let api: API
    let body: WireValue
    let remoteHost: String

    var observed: EmbeddedKafka.ObservedRequest {
        var topics: Set<String> = []
        for topic in body.topics.elements {
            if let name = topic.optionalText ?? topic.name.optionalText { topics.insert(name) }
        }
        return .init(name: api.name, version: header.version, clientID: header.clientID, topics: topics)
    }
}
