import Testing

@testable import KafkaClient

@Suite("What a connection complained of")
struct ConnectionTroubleTests {
    private let timedOut = KafkaError(.timedOut, "metadata", nativeName: "_TIMED_OUT", isRetriable: true)
    private let refused = KafkaError(.authentication, "wrong password", nativeName: "_AUTHENTICATION")
    private let allDown = KafkaError(.brokerUnavailable, "1/1 brokers are down", nativeCode: -187, nativeName: "_ALL_BROKERS_DOWN")

    @Test("a refusal is the code and the reason of a timeout, which stays retriable, and of no other error")
    func refusal() {
        let trouble = ConnectionTrouble()
        #expect(trouble.explain(timedOut) == timedOut)
        trouble.note(refused)
        let explained = trouble.explain(timedOut)
        #expect((explained.code, explained.nativeName, explained.isRetriable) == (.authentication, "_TIMED_OUT", true))
        #expect(explained.message == "metadata (last seen: wrong password)")
        #expect(trouble.explain(.closed("consumer")) == .closed("consumer"))
    }

    @Test("that all brokers are down takes the place of nothing, and of no reason")
    func allBrokersDown() {
        let trouble = ConnectionTrouble()
        trouble.note(allDown)
        #expect(trouble.explain(timedOut).message.contains("1/1 brokers are down"))
        trouble.note(refused)
        trouble.note(allDown)
        #expect(trouble.explain(timedOut).message.contains("wrong password"))
    }

    @Test("a refusal is handed to a reader once each time that it happens, and other trouble never is")
    func handedOnce() {
        let trouble = ConnectionTrouble()
        trouble.note(allDown)
        #expect(trouble.takeRefusal() == nil)
        for _ in 0..<2 {
            trouble.note(refused)
            #expect(trouble.takeRefusal() == refused)
            #expect(trouble.takeRefusal() == nil)
        }
        trouble.note(refused)
        trouble.note(timedOut)
        #expect(trouble.takeRefusal() == nil)
    }

    @Test(
        "OpenSSL's words for a certificate that is refused are told from other trouble",
        arguments: [
            ("tls_post_process_server_certificate error:0A000086:SSL routines::certificate verify failed", true),
            ("error:0A00045C:SSL routines::tlsv13 alert certificate required: SSL alert number 116", true),
            ("Connect to ipv4#127.0.0.1:9092 failed: Connection refused", false),
            ("SSL handshake failed: Disconnected: connecting to a PLAINTEXT broker listener?", false),
        ])
    func refusedCertificates(message: String, isRefusal: Bool) {
        #expect(ClientEvents.tellsOfRefusal(message) == isRefusal)
    }
}
