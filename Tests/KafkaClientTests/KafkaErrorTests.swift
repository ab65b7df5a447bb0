import CLibrdkafka
@testable import KafkaClient
import Testing

@Suite("Errors", .timeLimit(.minutes(5)))
struct KafkaErrorTests {
    @Test("a native code becomes a closed code with librdkafka's name and the answer to what now")
    func nativeCode() {
        #expect(
            KafkaError(native: RD_KAFKA_RESP_ERR__TIMED_OUT, "flush")
                == KafkaError(
                    .timedOut, "flush: Local: Timed out", nativeCode: -185, nativeName: "_TIMED_OUT",
                    isRetriable: true
                )
        )
        #expect(
            KafkaError(native: RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE)
                == KafkaError(
                    .messageTooLarge, "Broker: Message size too large", nativeCode: 10,
                    nativeName: "MSG_SIZE_TOO_LARGE"
                )
        )
    }

    @Test("a native code without an entry of its own is other, and still told apart")
    func unlisted() {
        let error = KafkaError(native: RD_KAFKA_RESP_ERR_UNKNOWN)
        #expect((error.code, error.nativeCode) == (.other, -1))
    }

    @Test("the description names code, native name, partition and what to do")
    func description() {
        let error = KafkaError(
            .timedOut, "no answer", nativeCode: -185, nativeName: "_TIMED_OUT",
            isRetriable: true, requiresAbort: true, topicPartition: TopicPartition("t", 3)
        )
        #expect("\(error)" == "timedOut (_TIMED_OUT) t[3]: no answer [requires abort, retriable]")
    }
}
