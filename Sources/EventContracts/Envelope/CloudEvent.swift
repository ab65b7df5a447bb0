import JSONSchema

/// An event in its envelope: CloudEvents 1.0.2 with the extensions that Ferry uses.
///
/// Written in binary mode of the Kafka protocol binding: attributes are headers, the value is the data. Structured mode (the whole
/// event as JSON in the value) is understood when reading.
public struct CloudEvent: Sendable, Hashable {
    public var id: String
    public var source: String
    /// For example `shop.order.placed.v1`.
    public var type: String
    public var time: Timestamp?
    /// The `$id` of the schema that the data follows.
    public var dataSchema: String?
    public var subject: String?
    public var partitionKey: String?
    /// The same for everything that follows from one first command.
    public var correlationID: String?
    /// The id of the event that this one follows from.
    public var causationID: String?
    /// W3C trace context.
    public var traceParent: String?
    /// Any other attribute, by its name.
    public var extensions: [String: String]
    public var dataContentType: String
    /// `nil` for an event without data, a tombstone.
    public var data: [UInt8]?

    public init(
        id: String, source: String, type: String, time: Timestamp? = nil, dataSchema: String? = nil,
        subject: String? = nil, partitionKey: String? = nil, correlationID: String? = nil, causationID: String? = nil,
        traceParent: String? = nil, extensions: [String: String] = [:],
        dataContentType: String = "application/json", data: [UInt8]?
    ) {
        self.id = id
        self.source = source
        self.type = type
        self.time = time
        self.dataSchema = dataSchema
        self.subject = subject
        self.partitionKey = partitionKey
        self.correlationID = correlationID
        self.causationID = causationID
        self.traceParent = traceParent
        self.extensions = extensions
        self.dataContentType = dataContentType
        self.data = data
    }

    /// Reads a record in binary or structured mode. Headers that don't belong to the event are left aside.
    public init(headers: [EventHeader], value: [UInt8]?) throws(EnvelopeError) {
        let contentType = try Self.text(headers.last { $0.name.lowercased() == HeaderName.contentType })
        if let contentType, contentType.lowercased().hasPrefix("application/cloudevents") {
            try self.init(structured: value ?? [])
            return
        }
        var attributes: [String: String] = [:]
        for header in headers where header.name.hasPrefix(HeaderName.attributePrefix) {
            let name = String(header.name.dropFirst(HeaderName.attributePrefix.count))
            guard attributes[name] == nil else { throw .repeatedAttribute(name) }
            attributes[name] = try Self.text(header)
        }
        try self.init(attributes: &attributes)
        dataContentType = contentType ?? "application/json"
        data = value
    }

    /// Reads an event written as one JSON object (CloudEvents 1.0.2, JSON format).
    public init(structured bytes: [UInt8]) throws(EnvelopeError) {
        let document: JSONValue
        do {
            document = try JSONParser.parse(bytes)
        } catch {
            throw .malformedStructure("\(error)")
        }
        guard case .object(let object) = document else { throw .malformedStructure("an event is a JSON object") }
        var attributes: [String: String] = [:]
        for (name, value) in object where name != "data" {
            switch value {
            case .string(let string): attributes[name] = string
            case .number(let number): attributes[name] = number.description
            case .bool(let bool): attributes[name] = "\(bool)"
            case .null: break
            default: throw .malformedStructure("the attribute \(name) is neither text, number nor boolean")
            }
        }
        guard attributes["data_base64"] == nil else {
            throw .malformedStructure("data_base64 is not supported: the data of an event is JSON")
        }
        let contentType = attributes.removeValue(forKey: "datacontenttype")
        try self.init(attributes: &attributes)
        dataContentType = contentType ?? "application/json"
        data = object["data"]?.canonicalBytes()
    }

    /// The headers of the event in binary mode, in a fixed order: the same event gives the same bytes.
    public func headers() -> [EventHeader] {
        var headers = [EventHeader(HeaderName.contentType, dataContentType)]
        for (name, value) in attributes() {
            headers.append(EventHeader(HeaderName.attributePrefix + name, value))
        }
        return headers
    }

    /// The event as one JSON object.
    ///
    /// - Throws: ``EnvelopeError/malformedStructure(_:)`` where the data isn't JSON.
    public func structured() throws(EnvelopeError) -> JSONValue {
        var object = JSONObject()
        for (name, value) in attributes() { object[name] = .string(value) }
        object["datacontenttype"] = .string(dataContentType)
        if let data {
            do {
                object["data"] = try JSONParser.parse(data)
            } catch {
                throw .malformedStructure("the data: \(error)")
            }
        }
        return .object(object)
    }

    private func attributes() -> [(name: String, value: String)] {
        let known: [(String, String?)] = [
            ("specversion", "1.0"), ("id", id), ("source", source), ("type", type), ("time", time?.description),
            ("dataschema", dataSchema), ("subject", subject), ("partitionkey", partitionKey),
            ("correlationid", correlationID), ("causationid", causationID), ("traceparent", traceParent),
        ]
        return known.compactMap { name, value in value.map { (name, $0) } }
            + extensions.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Takes the attributes apart; what is left over are extensions.
    private init(attributes: inout [String: String]) throws(EnvelopeError) {
        func required(_ name: String) throws(EnvelopeError) -> String {
            guard let value = attributes.removeValue(forKey: name), !value.isEmpty else { throw .missingAttribute(name) }
            return value
        }
        let specVersion = try required("specversion")
        guard specVersion == "1.0" else { throw .unsupportedSpecVersion(specVersion) }
        let id = try required("id")
        let source = try required("source")
        let type = try required("type")
        var time: Timestamp?
        if let text = attributes.removeValue(forKey: "time") {
            guard let parsed = Timestamp(text) else { throw .malformedTime(text) }
            time = parsed
        }
        self.init(
            id: id, source: source, type: type, time: time,
            dataSchema: attributes.removeValue(forKey: "dataschema"),
            subject: attributes.removeValue(forKey: "subject"),
            partitionKey: attributes.removeValue(forKey: "partitionkey"),
            correlationID: attributes.removeValue(forKey: "correlationid"),
            causationID: attributes.removeValue(forKey: "causationid"),
            traceParent: attributes.removeValue(forKey: "traceparent"),
            data: nil
        )
        extensions = attributes
    }

    private static func text(_ header: EventHeader?) throws(EnvelopeError) -> String? {
        guard let header else { return nil }
        guard let value = header.value, let text = String(validating: value, as: UTF8.self) else {
            throw .unreadableHeader(header.name)
        }
        return text
    }
}
