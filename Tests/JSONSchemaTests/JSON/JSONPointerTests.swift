import JSONSchema
import Testing

@Suite("JSON pointers")
struct JSONPointerTests {
    @Test("A pointer reads back as it is written", arguments: ["", "/", "/a", "/a/0", "/a~1b/m~0n", "//", "/ /é"])
    func texts(text: String) throws {
        #expect(try #require(JSONPointer(text: text)).description == text)
    }

    @Test("What isn't a pointer is none", arguments: ["a", "a/b", "/~", "/~2", "/a~"])
    func malformed(text: String) { #expect(JSONPointer(text: text) == nil) }

    @Test("A pointer leads into objects and arrays")
    func lookup() {
        let value: JSONValue = ["a": [["b/c": 1], 2], "01": 3, "": 4]
        func find(_ text: String) -> JSONValue? { JSONPointer(text: text).flatMap { value[$0] } }
        #expect(find("") == value)
        #expect(find("/a/0/b~1c") == 1)
        #expect(find("/a/1") == 2)
        #expect(find("/01") == 3)
        #expect(find("/") == 4)
        for absent in ["/a/2", "/a/01", "/a/-", "/a/0/b", "/a/1/x", "/b"] { #expect(find(absent) == nil, "\(absent)") }
    }
}
