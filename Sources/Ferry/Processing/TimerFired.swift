import EventContracts
import JSONSchema

/// The record that the runtime writes to `<service>.timers` when a timer is due, and reads back as an input.
struct TimerFired: Sendable, Hashable {
    static let type = "ferry.timer.fired.v1"

    var timer: String
    var id: String
    /// Milliseconds since the epoch.
    var dueAt: Int64

    func encode() -> [UInt8] {
        JSONValue.object(["dueAt": .number(JSONNumber(dueAt)), "id": .string(id), "timer": .string(timer)]).canonicalBytes()
    }

    init(timer: String, id: String, dueAt: Int64) {
        self.timer = timer
        self.id = id
        self.dueAt = dueAt
    }

    init(data: [UInt8]) throws(DeadLetterReasonError) {
        do {
            let json = try JSONParser.parse(data)
            guard
                case .string(let timer)? = json["timer"], case .string(let id)? = json["id"],
                case .number(let number)? = json["dueAt"], let dueAt = number.int64
            else {
                throw DeadLetterReasonError(.invalidData, "a timer record needs timer, id and dueAt")
            }
            self.init(timer: timer, id: id, dueAt: dueAt)
        } catch let error as DeadLetterReasonError {
            throw error
        } catch {
            throw DeadLetterReasonError(.malformedData, "\(error)")
        }
    }
}
