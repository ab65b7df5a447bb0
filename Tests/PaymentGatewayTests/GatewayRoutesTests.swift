import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import PaymentGateway

@Suite("The gateway over HTTP")
struct GatewayRoutesTests {
    private let order = #"{"orderId":"o-1","amountCents":1250,"paymentMethod":"card-4242"}"#

    @Test("A charge answers 201, its repetition the same body with 200 and the replay header")
    func charge() async throws {
        try await withGateway { gateway in
            let first = try await gateway.post("/charges", key: "k-1", order)
            #expect(first.status == .created)
            #expect(first.headers[named: "Idempotent-Replayed"] == nil)
            let again = try await gateway.post(
                "/charges", key: "k-1", #"{"paymentMethod":"card-4242", "amountCents":1250, "currency":"USD", "orderId":"o-1"}"#)
            #expect(again.status == .ok)
            #expect(again.headers[named: "Idempotent-Replayed"] == "true")
            #expect(again.body == first.body)
        }
    }

    @Test("A charge can be looked up by its payment")
    func lookUp() async throws {
        try await withGateway { gateway in
            let answer = try await gateway.post("/charges", key: "k-1", order)
            let paymentId = try answer.paymentId()
            let found = try await gateway.get("/charges/\(paymentId)")
            let charge = try JSONDecoder().decode(Charge.self, from: Data(found.body.readableBytesView))
            #expect(
                charge
                    == Charge(
                        paymentId: paymentId, orderId: "o-1", amountCents: 1_250, currency: "USD",
                        paymentMethod: "card-4242", outcome: .authorized, idempotencyKey: "k-1", recordedAt: charge.recordedAt))
            #expect(try await gateway.get("/charges/none").status == .notFound)
        }
    }

    @Test("A refund answers 201 once and 200 again; more than was charged is a conflict")
    func refund() async throws {
        try await withGateway { gateway in
            let answer = try await gateway.post("/charges", key: "k-1", order)
            let paymentId = try answer.paymentId()
            func refund(_ cents: Int, key: String) async throws -> TestResponse {
                try await gateway.post("/refunds", key: key, #"{"paymentId":"\#(paymentId)","amountCents":\#(cents)}"#)
            }
            #expect(try await refund(1_251, key: "r-1").status == .conflict)
            #expect(try await refund(1_250, key: "r-1").status == .created)
            #expect(try await refund(1_250, key: "r-1").status == .ok)
            #expect(try await refund(1, key: "r-2").status == .conflict)
            #expect(
                try await gateway.get("/ledger").text
                    == #"{"authorizedCents":1250,"charges":1,"declined":0,"netCents":0,"ordersCharged":1,"ordersChargedTwice":0,"#
                    + #""refundedCents":1250,"refunds":1,"replays":1}"#)
        }
    }

    @Test("Fifty simultaneous posts with one key charge once", .timeLimit(.minutes(1)))
    func simultaneous() async throws {
        try await withGateway(.ahc(.http)) { gateway in
            let answers = try await withThrowingTaskGroup(of: (Int, String).self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        let answer = try await gateway.post("/charges", key: "k-1", order)
                        return (answer.status.code, answer.text)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count { $0.0 == 201 } == 1)
            #expect(answers.count { $0.0 == 200 } == 49)
            #expect(Set(answers.map(\.1)).count == 1)
            #expect(try await gateway.get("/ledger").text.contains(#""authorizedCents":1250,"charges":1,"#))
        }
    }

    @Test(
        "What can't be accepted is answered with the field and the remedy",
        arguments: [
            (#"{"amountCents":1,"paymentMethod":"c"}"#, 422, "orderId", "Send it."),
            (#"{"orderId":"","amountCents":1,"paymentMethod":"c"}"#, 422, "orderId", "Send the order to charge."),
            (#"{"orderId":7,"amountCents":1,"paymentMethod":"c"}"#, 422, "orderId", "Send a string."),
            (#"{"orderId":"o","amountCents":1.5,"paymentMethod":"c"}"#, 422, "amountCents", "Send whole cents."),
            (#"{"orderId":"o","amountCents":"1","paymentMethod":"c"}"#, 422, "amountCents", "Send whole cents."),
            (#"{"orderId":"o","amountCents":99999999999999999999,"paymentMethod":"c"}"#, 422, "amountCents", "Send whole cents."),
            (#"{"orderId":"o","amountCents":0,"paymentMethod":"c"}"#, 422, "amountCents", "Send whole cents. What costs nothing needs no call."),
            (#"{"orderId":"o","amountCents":-5,"paymentMethod":"c"}"#, 422, "amountCents", "Send whole cents. What costs nothing needs no call."),
            (#"{"orderId":"o","amountCents":1,"paymentMethod":""}"#, 422, "paymentMethod", "Send the card to charge."),
            (#"{"orderId":"o","amountCents":1,"paymentMethod":"c","currency":"EUR"}"#, 422, "currency", "Send USD, or leave it out."),
            (#"[]"#, 400, nil, "Send one JSON object, in UTF-8."),
            (#"{"orderId""#, 400, nil, "Send one JSON object, in UTF-8."),
            ("", 400, nil, "Send one JSON object, in UTF-8."),
        ] as [(String, Int, String?, String)])
    func badBodies(body: String, status: Int, field: String?, remedy: String) async throws {
        try await withGateway { gateway in
            let answer = try await gateway.post("/charges", key: "k-1", body)
            let problem = try answer.problem()
            #expect(answer.headers[.contentType] == "application/problem+json")
            #expect(answer.status.code == status)
            #expect(problem.status == status)
            #expect(problem.field == field)
            #expect(problem.remedy == remedy)
            #expect(try await gateway.post("/charges", key: "k-1", order).status == .created, "the key is still free")
        }
    }

    @Test("A call without a key, or with one too long, is refused")
    func badKeys() async throws {
        try await withGateway { gateway in
            let missing = try await gateway.post("/charges", key: nil, order).problem()
            #expect(missing.field == "Idempotency-Key")
            let empty = try await gateway.post("/refunds", key: "", order).problem()
            #expect(empty.status == 400)
            let long = try await gateway.post("/charges", key: String(repeating: "k", count: 256), order).problem()
            #expect(long.status == 422)
        }
    }

    @Test("A body that is too large is refused")
    func tooLarge() async throws {
        try await withGateway { gateway in
            let answer = try await gateway.post("/charges", key: "k-1", String(repeating: " ", count: 65_537) + order)
            #expect(try answer.problem().status == 413)
        }
    }

    @Test("A path that is nothing names what there is")
    func unknownPath() async throws {
        try await withGateway { gateway in
            let problem = try await gateway.get("/charge").problem()
            #expect(problem.status == 404)
            #expect(problem.remedy.contains("POST /charges"))
        }
    }

    @Test("Switches are shown and changed at run time; those that a change doesn't name stay")
    func switches() async throws {
        try await withGateway { gateway in
            let off = try await gateway.get("/switches").text
            #expect(off == #"{"errorRate":0,"latencyMs":0,"outage":false}"#)
            let changed = try await gateway.put("/switches", #"{"outage":true}"#).text
            #expect(changed == #"{"errorRate":0,"latencyMs":0,"outage":true}"#)
            #expect(try await gateway.post("/charges", key: "k-1", order).status.code == 503)
            #expect(try await gateway.get("/ledger").status.code == 200)
            #expect(try await gateway.get("/health").status.code == 200)
            let back = try await gateway.put("/switches", #"{"outage":false,"latencyMs":1}"#).text
            #expect(back == #"{"errorRate":0,"latencyMs":1,"outage":false}"#)
            #expect(try await gateway.post("/charges", key: "k-1", order).status.code == 201)
        }
    }

    @Test(
        "A switch that is misspelt or out of range is refused by name",
        arguments: [
            (#"{"outtage":true}"#, "outtage"), (#"{"errorRate":2}"#, "errorRate"), (#"{"latencyMs":"1"}"#, "latencyMs"),
            (#"{"latencyMs":-1}"#, "latencyMs"),
        ])
    func badSwitches(body: String, field: String) async throws {
        try await withGateway { gateway in
            let problem = try await gateway.put("/switches", body).problem()
            #expect(problem.field == field)
            #expect(problem.status == 422)
        }
    }

    @Test("A declined card is an answer and no failure")
    func declined() async throws {
        try await withGateway { gateway in
            let answer = try await gateway.post(
                "/charges", key: "k-1", #"{"orderId":"o-1","amountCents":5,"paymentMethod":"card-declined"}"#)
            #expect(answer.status == .created)
            #expect(answer.text.hasPrefix(#"{"declineReason":"insufficient funds","outcome":"declined","paymentId":""#))
        }
    }
}
