/// An answer that says nothing but an error, in the shape that the request's answer has.
enum FaultAnswer {
    static func make(_ request: Request, _ error: ErrorCode) -> WireValue {
        let code = WireValue(error)
        let body = request.body
        var answer: [String: WireValue] = ["errorCode": code]
        switch request.api.name {
        case "Produce", "Fetch": return produce(body, error)
        case "AddPartitionsToTxn": answer["results"] = perPartition(body, code) { $0 }
        case "OffsetFetch": answer["topics"] = perPartition(body, code) { $0 }
        case "Metadata", "CreateTopics":
            answer["topics"] = .list(body.topics.elements.map { ["name": $0.name, "errorCode": code] })
        case "DeleteTopics": answer["responses"] = .list(body.topics.elements.map { ["name": $0, "errorCode": code] })
        default: answer["topics"] = perPartition(body, code, \.index)
        }
        return .structure(answer)
    }

    /// Produce and Fetch answer in the same shape.
    static func produce(_ body: WireValue, _ error: ErrorCode) -> WireValue {
        ["errorCode": .init(error), "responses": perPartition(body, .init(error), \.index)]
    }

    private static func perPartition(_ body: WireValue, _ code: WireValue, _ index: (WireValue) -> WireValue) -> WireValue {
        body.topics.perPartition { ["index": index($1), "errorCode": code] }
    }
}
