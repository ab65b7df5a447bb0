import EventContracts
@testable import EventTypeGenerator
import Testing

@Suite("Generated source")
struct GeneratedSourceTests {
    private let event = """
        {
          "description": "First line.\\nSecond line.",
          "type": "object",
          "properties": {
            "id": {"type": "string", "description": "The \\"thing\\"."},
            "case": {"type": "boolean"},
            "cart-id": {"type": "integer"},
            "status": {"type": "string", "description": "How it stands.", "enum": ["open", "IN_TRANSIT", "in"]},
            "lines": {"type": "array", "items": {
              "title": "Line", "type": "object", "properties": {"sku": {"type": "string", "pattern": "^[a-z]+$"}},
              "additionalProperties": false
            }}
          },
          "required": ["id", "cart-id", "lines"],
          "additionalProperties": false
        }
        """

    private let state = "{\"type\": \"object\", \"properties\": {}, \"additionalProperties\": false}"

    @Test("A small service's source is this, whole")
    func golden() throws {
        let fixture = try Fixture(["test/happened@1.0": event, "test/state@1.0": state])
        let yaml = Fixture.yaml.replacing("test/event", with: "test/happened") + "\ntimers: [give-up]"
        #expect(try fixture.source(yaml) == Self.golden)
        #expect(try fixture.source(yaml) == fixture.source(yaml))
    }

    @Test("Every type has a file of its own, named as the build wants it")
    func files() throws {
        let fixture = try Fixture(["test/event@1.0": state, "test/state@1.0": state])
        let (event, state) = (try #require(EventReference("test/event@1.0")), try #require(EventReference("test/state@1.0")))
        let mentioned = try #require(EventReference("test/mentioned@1.0"))
        let files = try fixture.files(Fixture.yaml, named: [event: "Event", state: "TestState", mentioned: "Mentioned"])
        #expect(
            Set(files.keys) == [
                "Contract", "Effect", "EffectResult", "Event", "Input", "Mentioned", "Output", "TestState", "Timer",
            ])
        #expect(files["Event"]?.contains("struct Event: EventPayload {") == true)
        #expect(files["Mentioned"]?.contains("struct") == false)
        #expect(throws: Fixture.Refusal(message: "service.yaml:1: error: the build finds no file for test/state@1.0: write it out in the manifest as that")) {
            try fixture.files(Fixture.yaml, named: [event: "Event"])
        }
    }

    @Test("Events of one name are told apart by their contexts, and older majors by their version")
    func names() throws {
        let references = [
            "cart/rejected@1.0", "order/rejected@1.0", "order/placed@1.0", "order/placed@2.1", "order/input@1.0", "order/service@1.0",
            "order/self@1.0", "order/state@2.0",
        ]
        let fixture = try Fixture(Dictionary(uniqueKeysWithValues: references.map { ($0, state) }))
        let source = try fixture.source(
            """
            service: test
            version: 1.0.0
            namespace: example
            inputs:
              everything: [\(references.dropLast().joined(separator: ", "))]
              again: [order/placed@2.1]
            outputs: {}
            state: order/state@2.0
            """)
        let cases = source.split(separator: "\n").filter { $0.hasPrefix("    case ") }.map { $0.dropFirst(9) }
        #expect(
            cases == [
                "cartRejected(CartRejected)", "orderRejected(OrderRejected)", "placed(Placed)",
                "orderInput(OrderInput)", "orderService(OrderService)", "orderSelf(OrderSelf)",
            ])
        #expect(source.contains("typealias State = OrderState\n"))
    }

    @Test("Of several major versions that are read the newest is the case, and each older one must be lifted to the next")
    func olderVersions() throws {
        let references = ["test/event@1.2", "test/event@2.0", "test/event@4.1", "test/state@1.0", "test/state@2.0"]
        let fixture = try Fixture(Dictionary(uniqueKeysWithValues: references.map { ($0, state) }))
        let source = try fixture.source(
            Fixture.yaml.replacing("[test/event@1.0]", with: "[test/event@2.0, test/event@4.1, test/event@1.2]")
                .replacing("test/state@1.0", with: "[test/state@1.0, test/state@2.0]"))
        let input = try #require(source.split(separator: "enum Input: EventUnion {").last?.split(separator: "enum Output").first)
        #expect(input.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { $0.hasPrefix("case ") || $0.hasPrefix("static let") } == [
            "case event(Event)",
            "static let types: [String] = [Event.type, EventV2.type, EventV1.type]",
            "case Event.type: return .event(try Codec.decode(Event.self, from: data))",
            "case EventV2.type: return .event(try Codec.decode(EventV2.self, from: data).lifted())",
            "case EventV1.type: return .event(try Codec.decode(EventV1.self, from: data).lifted().lifted())",
            "case .event: Event.type",
            "case .event: Event.schemaID",
            "case .event(let event): try Codec.encode(event)",
        ])
        #expect(source.contains("extension EventV1: SupersededPayload {\n    typealias Successor = EventV2\n}"))
        #expect(source.contains("extension EventV2: SupersededPayload {\n    typealias Successor = Event\n}"))
        #expect(!source.contains("extension Event: SupersededPayload"))
        #expect(source.contains("typealias State = TestState\n"))
        #expect(source.contains("state: TestState.reference,\n        olderStates: [TestStateV1.reference],"))
        #expect(source.contains("case TestStateV1.type: try Codec.decode(TestStateV1.self, from: data).lifted()"))
        #expect(source.contains("extension TestStateV1: SupersededPayload {\n    typealias Successor = TestState\n}"))
    }

    @Test("What is written in several major versions is a case in each")
    func severalWritten() throws {
        let fixture = try Fixture(["test/event@1.0": state, "test/event@2.0": state, "test/told@1.0": state, "test/state@1.0": state])
        let source = try fixture.source(
            Fixture.yaml.replacing("test/event", with: "test/told")
                .replacing("outputs: {}", with: "outputs: {test.events: [test/event@1.0, test/event@2.0]}"))
        #expect(source.contains("enum Output: EventUnion {\n    case eventV1(EventV1)\n    case event(Event)\n"))
        #expect(!source.contains("SupersededPayload"))
    }

    @Test("Names that can't be told apart are refused")
    func collision() throws {
        let fixture = try Fixture(["a/b-c@1.0": state, "d/b-c@1.0": state, "x/a-b-c@1.0": state])
        #expect(
            throws: Fixture.Refusal(message: "service.yaml:1: error: a/b-c@1.0 and x/a-b-c@1.0 would both become the type ABC")
        ) {
            try fixture.source(
                Fixture.yaml.replacing("test/event@1.0", with: "a/b-c@1.0, d/b-c@1.0").replacing("test/state@1.0", with: "x/a-b-c@1.0"))
        }
    }

    static let golden = ##"""
        /// What the test service reads.
        enum Input: EventUnion {
            case happened(Happened)
            /// A timer of this key was due; the identifier is the one it was started with.
            case timer(Timer, id: String)

            static let types: [String] = [Happened.type]

            static func decode(type: String, data: [UInt8]) throws(PayloadError) -> Input? {
                switch type {
                case Happened.type: return .happened(try Codec.decode(Happened.self, from: data))
                default: break
                }
                try refuseOtherVersion(of: type)
                return nil
            }

            var type: String {
                switch self {
                case .happened: Happened.type
                case .timer: "ferry.timer.fired.v1"
                }
            }

            var schemaID: String {
                switch self {
                case .happened: Happened.schemaID
                case .timer: ""
                }
            }

            func encode() throws(PayloadError) -> [UInt8] {
                switch self {
                case .happened(let event): try Codec.encode(event)
                // The runtime writes and reads timers itself; they are no event of the service's.
                case .timer: []
                }
            }
        }

        /// What the test service writes.
        enum Output: EventUnion {
            static let types: [String] = []

            static func decode(type: String, data: [UInt8]) throws(PayloadError) -> Output? {
                try refuseOtherVersion(of: type)
                return nil
            }

            var type: String {
                switch self {
                }
            }

            var schemaID: String {
                switch self {
                }
            }

            func encode() throws(PayloadError) -> [UInt8] {
                switch self {
                }
            }
        }

        typealias Effect = NoEffect

        typealias EffectResult = NoEffect

        /// The timers that the test service starts.
        enum Timer: String, Sendable, Hashable, CaseIterable {
            case giveUp = "give-up"
        }

        /// test 1.0.0: everything it has agreed to.
        enum Contract: ServiceContract {
            typealias State = TestState
            typealias Input = Service.Input
            typealias Output = Service.Output
            typealias Effect = Service.Effect
            typealias EffectResult = Service.EffectResult
            typealias Timer = Service.Timer

            static let manifest = ServiceManifest(
                name: "test",
                version: "1.0.0",
                namespace: "example",
                inputs: [
                    .init(name: "test.commands", events: [Happened.reference]),
                ],
                outputs: [],
                state: TestState.reference,
                olderStates: [],
                effectRequests: [],
                effectResults: [],
                timers: ["give-up"]
            )

            static let payloads: [any EventPayload.Type] = [Happened.self, TestState.self]

            static func topic(of output: Output) -> String {}

            static func decodeState(type: String, data: [UInt8]) throws(PayloadError) -> State? {
                switch type {
                case TestState.type: try Codec.decode(TestState.self, from: data)
                default: nil
                }
            }

            static func input(timer: Timer, id: String) -> Input? { .timer(timer, id: id) }
        }

        /// First line.
        /// Second line.
        struct Happened: EventPayload {
            /// The "thing".
            var id: String
            var `case`: Bool?
            var cartId: Int
            /// How it stands.
            var status: Status?
            var lines: [Line]

            init(id: String, `case`: Bool? = nil, cartId: Int, status: Status? = nil, lines: [Line]) {
                self.id = id
                self.`case` = `case`
                self.cartId = cartId
                self.status = status
                self.lines = lines
            }

            private enum JSONMember: String, CaseIterable, Sendable {
                case cartId = "cart-id"
                case `case` = "case"
                case id
                case lines
                case status
            }

            private static let jsonMembers = JSONNames(JSONMember.self)

            init(from reader: inout JSONReader) throws(JSONRefusal) {
                var id: String?
                var `case`: Bool?
                var cartId: Int?
                var status: Status?
                var lines: [Line]?
                let names = Self.jsonMembers
                var members = try reader.beginObject()
                while let member = try reader.nextMember(of: names, &members) {
                    switch member {
                    case .cartId: cartId = try reader.integer()
                    case .`case`: `case` = try reader.bool()
                    case .id: id = try reader.string()
                    case .lines: lines = try reader.array { reader throws(JSONRefusal) in try Line(from: &reader) }
                    case .status: status = try Status(from: &reader)
                    }
                }
                guard let id, let cartId, let lines else { throw reader.refusal("every required member") }
                self.id = id
                self.`case` = `case`
                self.cartId = cartId
                self.status = status
                self.lines = lines
            }

            func write(to writer: inout JSONWriter) {
                writer.beginObject()
                writer.member("cart-id")
                writer.write(cartId)
                if let `case` {
                    writer.member("case")
                    writer.write(`case`)
                }
                writer.member("id")
                writer.write(id)
                writer.member("lines")
                writer.array(lines) { writer, item in item.write(to: &writer) }
                if let status {
                    writer.member("status")
                    status.write(to: &writer)
                }
                writer.endObject()
            }

            /// How it stands.
            enum Status: String, PayloadChoice {
                case open
                case inTransit = "IN_TRANSIT"
                case `in`

                static let jsonNames = JSONNames(Status.self)
            }

            struct Line: PayloadValue {
                var sku: String?

                init(sku: String? = nil) {
                    self.sku = sku
                }

                private enum JSONMember: String, CaseIterable, Sendable {
                    case sku
                }

                private static let jsonMembers = JSONNames(JSONMember.self)
                private static let skuPattern = TextPattern("^[a-z]+$")

                init(from reader: inout JSONReader) throws(JSONRefusal) {
                    var sku: String?
                    let names = Self.jsonMembers
                    var members = try reader.beginObject()
                    while let member = try reader.nextMember(of: names, &members) {
                        switch member {
                        case .sku: sku = try reader.string(pattern: Self.skuPattern)
                        }
                    }
                    self.sku = sku
                }

                func write(to writer: inout JSONWriter) {
                    writer.beginObject()
                    if let sku {
                        writer.member("sku")
                        writer.write(sku, pattern: Self.skuPattern)
                    }
                    writer.endObject()
                }
            }
        }

        extension Happened {
            static let reference = EventReference(
                context: "test", event: "happened",
                version: EventVersion(major: 1, minor: 0))
            static let type = "example.test.happened.v1"
            static let schemaID = "https://schemas.example/test/happened/1.0.json"
            static let schemas = PayloadSchemas(
                text: #"""
                    {
                      "$id": "https://schemas.example/test/happened/1.0.json",
                      "description": "First line.\nSecond line.",
                      "type": "object",
                      "properties": {
                        "id": {"type": "string", "description": "The \"thing\"."},
                        "case": {"type": "boolean"},
                        "cart-id": {"type": "integer"},
                        "status": {"type": "string", "description": "How it stands.", "enum": ["open", "IN_TRANSIT", "in"]},
                        "lines": {"type": "array", "items": {
                          "title": "Line", "type": "object", "properties": {"sku": {"type": "string", "pattern": "^[a-z]+$"}},
                          "additionalProperties": false
                        }}
                      },
                      "required": ["id", "cart-id", "lines"],
                      "additionalProperties": false
                    }
                    """#,
                origin: "schemas/test/happened/1.0.json")
        }

        /// test/state@1.0
        struct TestState: EventPayload {
            init() {
            }

            init(from reader: inout JSONReader) throws(JSONRefusal) {
                try reader.emptyObject()
            }

            func write(to writer: inout JSONWriter) {
                writer.beginObject()
                writer.endObject()
            }
        }

        extension TestState {
            static let reference = EventReference(
                context: "test", event: "state",
                version: EventVersion(major: 1, minor: 0))
            static let type = "example.test.state.v1"
            static let schemaID = "https://schemas.example/test/state/1.0.json"
            static let schemas = PayloadSchemas(
                text: #"""
                    {
                      "$id": "https://schemas.example/test/state/1.0.json","type": "object", "properties": {}, "additionalProperties": false}
                    """#,
                origin: "schemas/test/state/1.0.json")
        }

        """##
}
