@testable import EventContracts
import Testing

@Suite("Derived identifiers")
struct DerivedIDTests {
    /// The values are those of another implementation, Python's `uuid.uuid5`, in the same namespace.
    @Test(
        "An identifier is the UUIDv5 of its parts, each led by its length",
        arguments: [
            ([], "baf294e8-2951-5ec1-9973-92c998ea1cc4"),
            (["a", "bc"], "4a9b93bb-d2a6-54d4-82a8-4fb93493b24f"),
            (["ab", "c"], "8f231b7a-af55-5bbb-8ca5-8939af7e5f9a"),
        ] as [([String], String)])
    func derived(parts: [String], id: String) {
        #expect(DerivedID.make(from: parts) == id)
    }

    @Test("Random identifiers are UUIDv4 and differ")
    func random() throws {
        let ids = Set((0..<100).map { _ in DerivedID.random() })
        #expect(ids.count == 100)
        #expect(ids.allSatisfy { $0.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil })
    }

    /// FIPS 180-4's examples, and lengths around the edge of a block.
    @Test(
        "The digest is SHA-1",
        arguments: [
            ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
            ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            ("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1"),
            (String(repeating: "a", count: 55), "c1c8bbdc22796e28c0e15163d20899b65621d65a"),
            (String(repeating: "a", count: 63), "03f09f5b158a7a8cdad920bddc29b81c18a551f5"),
            (String(repeating: "a", count: 64), "0098ba824b5c16427bd7a1122a5a442a25ec644d"),
            (String(repeating: "a", count: 1_000_000), "34aa973cd4c4daa4f61eeb2bdbad27316534016f"),
        ])
    func sha1(text: String, digest: String) {
        let hexadecimal = SHA1.digest(Array(text.utf8)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        #expect(hexadecimal == digest)
    }
}
