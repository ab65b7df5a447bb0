/// Each of these writes in any case; what doesn't satisfy the check is remembered in ``JSONWriter/isValid``.
extension JSONWriter {
    /// - Parameter length: in code points.
    public mutating func write(
        _ text: String, length: ClosedRange<Int> = 0...Int.max, pattern: TextPattern? = nil, format: Format? = nil
    ) {
        let (codePoints, range) = writeCounting(text)
        check(length.contains(codePoints))
        if let pattern { check(range.map { pattern.matches(bytes, $0) } ?? pattern.matches(text)) }
        if let format { check(range.map { format.accepts(bytes, $0) } ?? format.accepts(text)) }
    }

    public mutating func write(_ value: Int, in range: ClosedRange<Int> = Int.min...Int.max, multipleOf step: Int = 1) {
        write(value)
        check(range.contains(value) && (step == 1 || value.isMultiple(of: step)))
    }

    /// - Parameter element: writes one item.
    @inlinable
    public mutating func array<Element>(
        _ items: [Element], count: ClosedRange<Int> = 0...Int.max, _ element: (inout JSONWriter, Element) -> Void
    ) {
        beginArray()
        for item in items { element(&self, item) }
        endArray()
        check(count.contains(items.count))
    }

    /// With no item twice.
    @inlinable
    public mutating func uniqueArray<Element: Hashable>(
        _ items: [Element], count: ClosedRange<Int> = 0...Int.max, _ element: (inout JSONWriter, Element) -> Void
    ) {
        array(items, count: count, element)
        check(Set(items).count == items.count)
    }
}
