import EventContracts

/// A picture of who writes to whom, in SVG: a column a participant, a row a topic, an arrow from its writers to each of its readers.
///
/// Colours come from the page's style sheet, so the picture follows its light and dark.
struct FlowDrawing {
    private let columns: [String]
    private let rows: [Row]

    private struct Row {
        let label: String
        /// Where a click leads; `nil` for calls that are no topic.
        let anchor: String?
        let from: [String]
        let to: [String]
    }

    private static let clients = "clients"
    private static let outside = "the outside"
    private static let (columnWidth, rowHeight, headHeight, boxWidth) = (190, 46, 54, 132)

    init(_ catalog: EventCatalog) {
        var rows = catalog.topics.map {
            Row(label: $0.name, anchor: "topic:\($0.name)", from: $0.writers.isEmpty ? [Self.clients] : $0.writers, to: $0.readers)
        }
        for service in catalog.services where !service.effectRequests.isEmpty {
            let calls = service.effectRequests.map(\.event).joined(separator: ", ")
            rows.append(Row(label: "calls: \(calls)", anchor: nil, from: [service.name], to: [Self.outside]))
        }
        var columns = Self.ordered(catalog.services.map(\.name), along: rows)
        if rows.contains(where: { $0.from.contains(Self.clients) }) { columns.insert(Self.clients, at: 0) }
        if rows.contains(where: { $0.to.contains(Self.outside) }) { columns.append(Self.outside) }
        let places = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
        self.columns = columns
        // From left to right, as a journey goes.
        self.rows = rows.sorted { left, right in
            func start(_ row: Row) -> Int { row.from.compactMap { places[$0] }.min() ?? 0 }
            return (start(left), left.label) < (start(right), right.label)
        }
    }

    /// An order in which arrows are short and mostly lead to the right: neighbours change places for as long as that helps.
    private static func ordered(_ names: [String], along rows: [Row]) -> [String] {
        var order = names
        func cost(_ order: [String]) -> Int {
            let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
            var cost = 0
            for row in rows {
                for from in row.from.compactMap({ places[$0] }) {
                    for to in row.to.compactMap({ places[$0] }) { cost += to > from ? (to - from) * 2 : (from - to) * 2 + 1 }
                }
            }
            // The outside stands on the right, and who calls it beside it.
            for row in rows where row.to == [outside] {
                for from in row.from.compactMap({ places[$0] }) { cost += order.count - from }
            }
            return cost
        }
        var best = cost(order)
        var isBetter = true
        while isBetter {
            isBetter = false
            for index in order.indices.dropFirst() {
                order.swapAt(index - 1, index)
                let now = cost(order)
                if now < best {
                    best = now
                    isBetter = true
                } else {
                    order.swapAt(index - 1, index)
                }
            }
        }
        return order
    }

    var svg: String {
        let width = columns.count * Self.columnWidth
        let height = Self.headHeight + rows.count * Self.rowHeight + 16
        var parts = [
            #"<svg class="flow" viewBox="0 0 \#(width) \#(height)" width="\#(width)" role="img" aria-label="Who writes to whom">"#,
            #"<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse">"#,
            #"<path d="M0,0 L8,4 L0,8 z"/></marker></defs>"#,
        ]
        for (index, column) in columns.enumerated() {
            let isService = column != Self.clients && column != Self.outside
            let x = center(index)
            parts.append(#"<line class="life" x1="\#(x)" y1="\#(Self.headHeight - 14)" x2="\#(x)" y2="\#(height - 8)"/>"#)
            let box = #"<rect x="\#(x - Self.boxWidth / 2)" y="6" width="\#(Self.boxWidth)" height="32" rx="7"/>"#
                + #"<text x="\#(x)" y="27">\#(escaped(column))</text>"#
            parts.append(
                isService
                    ? ##"<a class="service" href="#service:\##(escaped(column))">\##(box)</a>"## : #"<g class="beyond">\#(box)</g>"#)
        }
        for (index, row) in rows.enumerated() {
            parts += arrows(row, y: Self.headHeight + index * Self.rowHeight + 30)
        }
        parts.append("</svg>")
        return parts.joined(separator: "\n")
    }

    private func center(_ column: Int) -> Int { column * Self.columnWidth + Self.columnWidth / 2 }

    private func arrows(_ row: Row, y: Int) -> [String] {
        let places = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
        let from = row.from.compactMap { places[$0] }.sorted()
        let to = row.to.compactMap { places[$0] }.sorted()
        guard let first = from.first else { return [] }
        var parts: [String] = []
        for start in from {
            parts.append(#"<circle cx="\#(center(start))" cy="\#(y)" r="4"/>"#)
            for end in to {
                // The lifeline is reached from the side that the arrow comes from.
                let tip = center(end) + (end > start ? -3 : 3)
                parts.append(#"<line class="arrow" x1="\#(center(start))" y1="\#(y)" x2="\#(tip)" y2="\#(y)" marker-end="url(#tip)"/>"#)
            }
        }
        // Above the stretch to the nearest reader, on the side where there is one.
        let nearest = to.min { abs($0 - first) < abs($1 - first) } ?? first
        let x = nearest == first ? center(first) + 8 : (center(first) + center(nearest)) / 2
        let anchor = nearest == first ? #" style="text-anchor:start""# : ""
        let text = #"<text class="label"\#(anchor) x="\#(x)" y="\#(y - 8)">\#(escaped(row.label))</text>"#
        parts.append(row.anchor.map { ##"<a href="#\##(escaped($0))">\##(text)</a>"## } ?? text)
        let kind = row.anchor == nil ? "call" : "topic"
        return [#"<g class="\#(kind)">"#] + parts + ["</g>"]
    }

    private func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }
}
