import JSONSchema
import Testing

@Suite("Numbers are exact decimals")
struct JSONNumberTests {
    private func number(_ text: String) throws -> JSONNumber { try #require(JSONNumber(text: text)) }

    @Test("Equal numbers are equal, however they are written, and are written alike")
    func equality() throws {
        let alike = [
            ["0", "-0", "0.0", "0e5", "0.000e-3"], ["1", "1.0", "10e-1", "0.1e1", "1.000"], ["-100", "-1e2", "-1.00E+2"],
            ["0.1", "1e-1", "0.10"], ["1e30", "1000000000000000000000000000000", "10e29"], ["9223372036854775808", "9223372036854775808.0"],
            ["123456789012345678901234567890.5", "1234567890123456789012345678905e-1"], ["1e400", "10e399"],
        ]
        for texts in alike {
            let numbers = try texts.map(number)
            #expect(Set(numbers).count == 1, "\(texts)")
            #expect(Set(numbers.map(\.description)).count == 1, "\(texts)")
        }
        #expect(try Set(alike.map { try number($0[0]) }).count == alike.count)
    }

    @Test(
        "The canonical text is in full as long as that is short",
        arguments: [
            ("-0", "0"), ("12.500", "12.5"), ("1e3", "1000"), ("1e39", "1000000000000000000000000000000000000000"), ("1e40", "1e40"),
            ("-12e-3", "-0.012"), ("1e-20", "0.00000000000000000001"), ("1e-21", "1e-21"), ("9007199254740993", "9007199254740993"),
            ("-9223372036854775808", "-9223372036854775808"), ("9223372036854775808", "9223372036854775808"),
            ("0.30000000000000000000000000000000000000004", "0.30000000000000000000000000000000000000004"), ("1e999999999", "1e999999999"),
            ("11111111111111111111111111111111111111111111111111", "11111111111111111111111111111111111111111111111111"),
        ])
    func text(written: String, canonical: String) throws {
        #expect(try number(written).description == canonical)
        #expect(try number(canonical) == number(written))
    }

    @Test("Numbers are ordered by value, whatever their form")
    func order() throws {
        let ascending = try [
            "-1e400", "-9223372036854775809", "-9223372036854775808", "-2", "-1.5", "-1e-400", "0", "1e-400", "1e-30", "0.1",
            "0.10000000000000000000001",
            "1", "1.5", "2", "9007199254740992", "9007199254740992.5", "9007199254740993", "9223372036854775807", "9223372036854775808",
            "1e400",
        ].map(number)
        for (index, one) in ascending.enumerated() {
            for (otherIndex, other) in ascending.enumerated() {
                #expect((one < other) == (index < otherIndex), "\(one), \(other)")
                #expect((one == other) == (index == otherIndex), "\(one), \(other)")
            }
        }
    }

    @Test("Whole numbers are told from others, and fit 64 bits or don't")
    func integers() throws {
        #expect(try ["1", "1.0", "1e2", "1.5", "1e-1", "1e30", "123456789012345678901234567890.5"].map { try number($0).isInteger }
            == [true, true, true, false, false, true, false])
        #expect(try ["1.0", "-9223372036854775808", "9223372036854775807", "9223372036854775808", "0.5"].map { try number($0).int64 }
            == [1, Int64.min, Int64.max, nil, nil])
        #expect(JSONNumber(0.1).map(\.description) == "0.1")
        #expect(JSONNumber(Double.infinity) == nil)
    }

    @Test("What is no number has no number", arguments: ["", " 1", "1 ", "1,2", "[1]", "\"1\"", "0x10", "1e1000000000", "٣"])
    func noNumbers(text: String) { #expect(JSONNumber(text: text) == nil) }
}
