@testable import EveryConstruct
import EventContracts
import Testing

@Suite("Older versions in generated code")
struct OlderVersionsTests {
    private func decode(_ major: Int, _ data: String) throws -> Input? {
        try Input.decode(type: "test.construct.nothing.v\(major)", data: Array(data.utf8))
    }

    @Test("Each version takes every step from its own to the newest")
    func steps() throws {
        #expect(try decode(3, #"{"length":7,"something":"more"}"#) == .nothing(Nothing(something: "more", length: 7)))
        #expect(try decode(2, #"{"something":"more"}"#) == .nothing(Nothing(something: "more", length: 4)))
        #expect(try decode(1, "{}") == .nothing(Nothing(something: "", length: 0)))
    }

    @Test("What a step makes is checked, wherever in the chain it stands")
    func checked() throws {
        let error = #expect(throws: PayloadError.self) { try decode(2, #"{"something":"longer than ten"}"#) }
        guard case .invalidUpcast(from: "test.construct.nothing.v2", let what)? = error else {
            Issue.record("\(error.map { "\($0)" } ?? "no error")")
            return
        }
        #expect(what.contains("/length"))
    }

    @Test("A state is read by its version, and another one isn't the service's")
    func state() throws {
        func decode(_ type: String, _ data: String) throws -> ConstructState? {
            try Contract.decodeState(type: type, data: Array(data.utf8))
        }
        #expect(try decode("test.construct.state.v1", #"{"count":3}"#) == ConstructState(total: 3))
        #expect(try decode("test.construct.state.v2", #"{"total":3}"#) == ConstructState(total: 3))
        #expect(try decode("test.construct.state.v3", "{}") == nil)
        #expect(try decode("test.cart.state.v1", "{}") == nil)
        #expect(throws: PayloadError.self) { try decode("test.construct.state.v1", #"{"total":3}"#) }
    }

    @Test("The manifest in the code tells both, and what follows what")
    func manifest() throws {
        let manifest = EveryConstruct.Contract.manifest
        #expect(manifest.olderStates == [ConstructStateV1.reference])
        #expect(manifest.successor(of: NothingV1.reference) == NothingV2.reference)
        #expect(manifest.successor(of: NothingV2.reference) == Nothing.reference)
        #expect(manifest.successor(of: Nothing.reference) == nil)
        #expect(ServiceManifest(json: manifest.json) == manifest)
    }
}
