@testable import EventTypeGenerator
import Testing

@Suite("Names in Swift")
struct SwiftNameTests {
    @Test(
        "An event's name becomes camel case",
        arguments: [("item-added", "ItemAdded", "itemAdded"), ("placed", "Placed", "placed"), ("in_2_days", "In2Days", "in2Days")])
    func camel(text: String, upper: String, lower: String) {
        #expect(SwiftName.upperCamel(text) == upper)
        #expect(SwiftName.lowerCamel(text) == lower)
    }

    @Test(
        "A member keeps its name where Swift allows it",
        arguments: [
            ("cartId", "cartId"), ("cart_id", "cart_id"), ("_x", "_x"), ("URL", "URL"), ("cart-id", "cartId"), ("$ref", "ref"),
            ("class", "class"), ("json", "json"), ("", nil), ("2nd", nil), ("größe", nil), ("--", nil), ("_", nil), ("self", nil),
            ("init", nil), ("hashValue", nil),
        ])
    func properties(name: String, identifier: String?) {
        #expect(SwiftName.property(name) == identifier)
    }

    @Test(
        "A value becomes a case",
        arguments: [
            ("checkedOut", "checkedOut"), ("PAID", "paid"), ("IN_TRANSIT", "inTransit"), ("Paid Out", "paidOut"), ("2xl", "_2xl"),
            ("in", "in"), ("", nil), ("€", nil), ("self", nil), ("allCases", nil), ("all-cases", nil), ("raw value", nil),
        ])
    func cases(value: String, identifier: String?) {
        #expect(SwiftName.enumCase(value) == identifier)
    }

    @Test(
        "A title becomes a type, unless it would hide one that generated code needs",
        arguments: [
            ("Line", "Line"), ("order line", "OrderLine"), ("type", nil), ("string", nil), ("JSONReader", nil), ("9", nil), ("", nil),
        ])
    func types(text: String, identifier: String?) {
        #expect(SwiftName.type(text) == identifier)
    }

    @Test("Words of Swift are put in backquotes")
    func quoting() {
        #expect(["case", "where", "any", "cartId"].map(SwiftName.quoted) == ["`case`", "`where`", "any", "cartId"])
    }
}
