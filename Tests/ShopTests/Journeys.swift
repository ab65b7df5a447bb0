/// Commands of carts, as the lines that `ferry produce` takes.
struct Journeys {
    private(set) var text = ""

    /// One item, and the check-out.
    mutating func buy(_ cart: String, cents: Int, with paymentMethod: String) {
        line("shop.cart.add-item.v1", cart, #"{"cartId":"\#(cart)","quantity":1,"sku":"cd-7","unitPriceCents":\#(cents)}"#)
        checkOut(cart, with: paymentMethod)
    }

    mutating func checkOut(_ cart: String, with paymentMethod: String) {
        line("shop.cart.check-out.v1", cart, #"{"cartId":"\#(cart)","paymentMethod":"\#(paymentMethod)"}"#)
    }

    private mutating func line(_ type: String, _ cart: String, _ data: String) {
        text += #"{"type":"\#(type)","partitionkey":"\#(cart)","data":\#(data)}"# + "\n"
    }
}
