import EventContracts
import JSONSchema

/// The text of a changelog record: a ``KeyState`` as canonical JSON, a tombstone for an empty one.
///
///     {"effects":[{"correlationId":…,"data":…,"id":…,"idempotencyKey":…,"type":…}],
///      "state":…,"stateSchema":…,"timers":[{"correlationId":…,"dueAt":…,"id":…,"timer":…}]}
struct Changelog<Contract: ServiceContract>: Sendable {
    func encode(_ keyState: KeyState<Contract>) throws -> [UInt8]? {
        guard !keyState.isEmpty else { return nil }
        var object: JSONObject = [:]
        if !keyState.effects.isEmpty {
            object["effects"] = .array(try keyState.effects.map(Self.json))
        }
        if let state = keyState.state {
            object["state"] = try JSONParser.parse(try Codec.encode(state))
            object["stateSchema"] = .string(Contract.State.schemaID)
        }
        if !keyState.timers.isEmpty {
            object["timers"] = .array(keyState.timers.map(Self.json))
        }
        return JSONValue.object(object).canonicalBytes()
    }

    func decode(_ bytes: [UInt8]) throws -> KeyState<Contract> {
        let json = try JSONParser.parse(bytes)
        var keyState = KeyState<Contract>()
        if let state = json["state"] { keyState.state = try Self.state(state, schemaID: json["stateSchema"]?.string) }
        if case .array(let effects)? = json["effects"] {
            keyState.effects = try effects.map(Self.effect)
        }
        if case .array(let timers)? = json["timers"] {
            keyState.timers = try timers.map(Self.timer)
        }
        return keyState
    }

    /// A state written under another version is refused here rather than misread. Within a major version the schema's reader view
    /// decides; an older major is lifted where the manifest names it.
    private static func state(_ state: JSONValue, schemaID: String?) throws(ChangelogError) -> Contract.State {
        guard let schemaID, let written = EventReference(schemaID: schemaID) else {
            throw .unreadable("the record has a state, but no stateSchema that names an event's schema")
        }
        do {
            let type = written.type(in: Contract.manifest.namespace)
            if let state = try Contract.decodeState(type: type, data: state.canonicalBytes()) { return state }
        } catch {
            throw .unreadableState(written: written, read: readable, "\(error)")
        }
        throw .unreadableState(written: written, read: readable, nil)
    }

    private static var readable: [EventReference] { Contract.manifest.olderStates + [Contract.manifest.state] }

    private static func json(_ pending: PendingEffect<Contract.Effect>) throws -> JSONValue {
        var object: JSONObject = [
            "correlationId": .string(pending.correlationID),
            "data": try JSONParser.parse(try pending.effect.encode()),
            "id": .string(pending.id),
            "idempotencyKey": .string(pending.idempotencyKey),
            "type": .string(pending.effect.type),
        ]
        if let traceParent = pending.traceParent {
            object["traceParent"] = .string(traceParent)
        }
        return .object(object)
    }

    private static func json(_ pending: PendingTimer<Contract.Timer>) -> JSONValue {
        [
            "correlationId": .string(pending.correlationID),
            "dueAt": .number(JSONNumber(pending.dueAt)),
            "id": .string(pending.id),
            "timer": .string(pending.timer.rawValue),
        ]
    }

    private static func effect(_ json: JSONValue) throws -> PendingEffect<Contract.Effect> {
        guard
            let id = json["id"]?.string, let idempotencyKey = json["idempotencyKey"]?.string,
            let correlationID = json["correlationId"]?.string, let type = json["type"]?.string, let data = json["data"],
            let effect = try Contract.Effect.decode(type: type, data: data.canonicalBytes())
        else { throw ChangelogError.unreadable("an effect lacks a field, or its type is not one of this service") }
        return PendingEffect(
            id: id, idempotencyKey: idempotencyKey, effect: effect,
            correlationID: correlationID, traceParent: json["traceParent"]?.string
        )
    }

    private static func timer(_ json: JSONValue) throws -> PendingTimer<Contract.Timer> {
        guard
            let id = json["id"]?.string, let name = json["timer"]?.string, let timer = Contract.Timer(rawValue: name),
            let correlationID = json["correlationId"]?.string, let dueAt = json["dueAt"]?.int64
        else { throw ChangelogError.unreadable("a timer lacks a field, or its name is not one of this service") }
        return PendingTimer(timer: timer, id: id, dueAt: dueAt, correlationID: correlationID)
    }
}
