extension JSONDocument {
    /// Whether an object has a member of this name.
    func has(_ name: String, in object: Int) -> Bool {
        name.withBytes { name in
            var place = object + 1
            let end = nodes[object].end
            while place < end {
                if equals(nodes[place].bytes, name) { return true }
                place = Int(nodes[place + 1].end)
            }
            return false
        }
    }

    private func equals(_ range: Range<Int>, _ other: Span<UInt8>) -> Bool {
        guard range.count == other.count else { return false }
        for index in Indexes(other.indices) where text[range.lowerBound + index] != other[index] { return false }
        return true
    }

    /// The places of the items of an array.
    func items(of array: Int) -> [Int] {
        var items: [Int] = []
        items.reserveCapacity(nodes[array].count)
        var item = array + 1
        while item < nodes[array].end {
            items.append(item)
            item = Int(nodes[item].end)
        }
        return items
    }

    /// The positions of two items, counted from 0.
    func positions(of first: Int, _ second: Int, in array: Int) -> (Int, Int) {
        var (item, position) = (array + 1, 0)
        var firstPosition = 0
        while item < second {
            if item == first { firstPosition = position }
            item = Int(nodes[item].end)
            position += 1
        }
        return (firstPosition, position)
    }

    /// The number of code points, which is what JSON Schema calls the length.
    func codePointCount(_ range: Range<Int>) -> Int {
        var count = 0
        for index in Indexes(range) where text[index] & 0xC0 != 0x80 { count += 1 }
        return count
    }
}
