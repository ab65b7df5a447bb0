import EventContracts
@testable import EveryConstruct
import JSONSchema
import Testing

/// What a document may try with the names of members, against code that looks for the one it expects next.
@Suite("Names in a document")
struct HostileNamesTests {
    private func error(_ text: String) -> PayloadError? {
        do throws(PayloadError) {
            _ = try Codec.decode(Names.self, from: Array(text.utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test("A name with a quote in it is not read where the quote isn't escaped")
    func quotes() {
        #expect(error(#"{"case":true,"quote\"d":1,"reader":"r","writer":1}"#) == nil)
        guard case .malformedJSON? = error(#"{"case":true,"quote"d":1,"reader":"r","writer":1}"#) else {
            Issue.record("malformed JSON was read")
            return
        }
    }

    @Test(
        "A member that is there twice is refused, however it is written and whether it is declared or not",
        arguments: [
            #"{"case":true,"case":true,"reader":"r","writer":1}"#, #"{"case":true,"reader":"r","\u0063ase":true,"writer":1}"#,
            #"{"case":true,"reader":"r","writer":1,"new":1,"ne\u0077":2}"#, #"{"new":{"a":1,"a":1},"case":true,"reader":"r","writer":1}"#,
        ])
    func twice(text: String) {
        guard case .malformedJSON(let place)? = error(text) else {
            Issue.record("a name that occurs twice was read")
            return
        }
        #expect(place.message.contains("twice"))
    }

    @Test("A required member that is missing is told with the others")
    func missing() {
        guard case .invalid(Names.schemaID, let violations)? = error(#"{"reader":1}"#) else {
            Issue.record("an invalid document was read")
            return
        }
        #expect(Set(violations.map(\.description)) == [
            #"the document: the member "case" is missing"#, #"the document: the member "writer" is missing"#,
            "/reader: expected string, found 1",
        ])
    }

    @Test("Many members that aren't declared take no more time each than few")
    func many() throws {
        let others = (0..<20_000).map { #""other \#($0)\n":"\t""# }.joined(separator: ",")
        let text = #"{"case":true,"reader":"r",\#(others),"writer":1}"#
        #expect(try Codec.decode(Names.self, from: Array(text.utf8)) == Names(case: true, reader: "r", writer: 1))
    }
}
