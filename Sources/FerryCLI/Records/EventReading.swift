import EventContracts
import JSONSchema
import KafkaClient

/// Makes records of the lines that a person gives, and refuses them before the first one is sent.
struct EventReading {
    let type: String?
    let key: String?
    let keyField: String?
    let topic: String?
    /// Records that were read from a topic go back as they are, valid events or not.
    var isUnchecked = false
    let catalogue: SchemaCatalogue
    let routes: Routes
    /// Milliseconds since the epoch: the time of events that name none.
    let now: Int64

    /// - Throws: ``CommandFailure`` for the first line that isn't valid, naming the line and the place in it.
    func records(from lines: [(number: Int, bytes: [UInt8])], origin: String) throws -> [ProducerRecord] {
        var known: [String: EventSchema] = [:]
        return try lines.map { number, bytes throws(CommandFailure) in
            do throws(CommandFailure) {
                return try record(try parse(bytes), &known)
            } catch {
                throw error.at("\(origin):\(number)")
            }
        }
    }

    /// What the catalogue says of one type of event.
    private struct EventSchema {
        let id: String
        /// The writer's view.
        let schema: Schema
    }

    private func parse(_ bytes: [UInt8]) throws(CommandFailure) -> JSONValue {
        do {
            return try JSONParser.parse(bytes)
        } catch {
            throw .invalid("not JSON: column \(error.column): \(error.message)")
        }
    }

    private func record(_ json: JSONValue, _ known: inout [String: EventSchema]) throws(CommandFailure) -> ProducerRecord {
        if type == nil, let line = try RecordLine(json) { return try put(back: line, &known) }
        let event: CloudEvent
        if let type {
            event = try self.event(type: type, data: json, &known)
        } else {
            event = try complete(json, &known)
        }
        guard let destination = topic ?? routes.topic(of: event.type) else {
            throw .invalid("no manifest names a topic for \(event.type); name it with --topic")
        }
        try validate(event, &known)
        guard let key = event.partitionKey else {
            throw .invalid("the event has no key: give it a partitionkey, or use --key or --key-field")
        }
        return ProducerRecord(
            topic: destination, key: Array(key.utf8), value: event.data,
            headers: event.headers().map { KafkaHeader($0.name, $0.value) }, timestamp: event.time?.milliseconds)
    }

    /// A record that was read from a topic goes back as it was; `--topic` sends it elsewhere.
    private func put(back line: RecordLine, _ known: inout [String: EventSchema]) throws(CommandFailure) -> ProducerRecord {
        if !isUnchecked {
            let event: CloudEvent
            do {
                event = try CloudEvent(headers: line.headers.map { EventHeader($0.name, $0.value) }, value: line.value)
            } catch {
                throw .invalid("\(error); --unchecked puts back what isn't an event")
            }
            try validate(event, &known)
        }
        return ProducerRecord(
            topic: topic ?? line.topic, key: line.key, value: line.value, headers: line.headers, timestamp: line.timestamp)
    }

    private func event(
        type: String, data: JSONValue, _ known: inout [String: EventSchema]
    ) throws(CommandFailure) -> CloudEvent {
        var key = key
        if let keyField {
            guard let value = data[keyField]?.string else { throw .invalid("the data has no text member \"\(keyField)\" for the key") }
            key = value
        }
        return CloudEvent(
            id: DerivedID.random(), source: "/cli", type: type, time: Timestamp(milliseconds: now),
            dataSchema: try schema(of: type, &known).id,
            partitionKey: key, data: data.canonicalBytes())
    }

    /// Fills in what a line may leave out: specversion, id, source, time.
    private func complete(_ json: JSONValue, _ known: inout [String: EventSchema]) throws(CommandFailure) -> CloudEvent {
        guard case .object(var object) = json, let type = object["type"]?.string else {
            throw .invalid("a line needs a \"type\", or the TYPE must be given on the command line")
        }
        object["specversion"] = object["specversion"] ?? "1.0"
        object["id"] = object["id"] ?? .string(DerivedID.random())
        object["source"] = object["source"] ?? "/cli"
        object["time"] = object["time"] ?? .string(Timestamp(milliseconds: now).description)
        if let key { object["partitionkey"] = .string(key) }
        if let keyField, let value = object["data"]?[keyField]?.string { object["partitionkey"] = .string(value) }
        if object["dataschema"] == nil { object["dataschema"] = .string(try schema(of: type, &known).id) }
        do {
            return try CloudEvent(structured: JSONValue.object(object).canonicalBytes())
        } catch {
            throw .invalid("\(error)")
        }
    }

    private func validate(_ event: CloudEvent, _ known: inout [String: EventSchema]) throws(CommandFailure) {
        let schema = try schema(of: event.type, &known).schema
        guard let data = event.data else { throw .invalid("\(event.type) has no data") }
        let violations = schema.validate(try parse(data))
        guard violations.isEmpty else {
            throw .invalid("\(event.type): " + violations.map(\.description).joined(separator: "; "))
        }
    }

    private func schema(of type: String, _ known: inout [String: EventSchema]) throws(CommandFailure) -> EventSchema {
        if let found = known[type] { return found }
        guard let reference = catalogue.newest(type: type) else {
            throw .invalid(
                "there is no schema for \(type) in \(catalogue.folder.path)"
                    + (routes.types.isEmpty ? "" : "; the manifests name \(routes.types.joined(separator: ", "))"))
        }
        do {
            let found = EventSchema(
                id: try catalogue.schemaID(of: reference), schema: try catalogue.schema(of: reference, view: .closedWriter))
            known[type] = found
            return found
        } catch {
            throw .invalid("\(error)")
        }
    }
}
