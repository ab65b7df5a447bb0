/// An amount in cents, written as dollars.
struct Money: CustomStringConvertible {
    let cents: Int

    init(_ cents: Int) { self.cents = cents }

    /// `$2,500,315.63`
    var description: String {
        let digits = String(cents.magnitude / 100)
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { grouped += "," }
            grouped.append(digit)
        }
        let rest = cents.magnitude % 100
        return "\(cents < 0 ? "-" : "")$\(grouped).\(rest < 10 ? "0" : "")\(rest)"
    }
}
