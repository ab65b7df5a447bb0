/// JSON tells strings apart by their code points, Swift's `==` by canonical equivalence: to Swift, `é` equals `e` with an accent put on
/// it, and a document could then name one member twice. So names and values are compared here, byte by byte.
///
/// With `ByteScan.swift` and `ByteCopy.swift` the only file of the module that looks at memory through buffer pointers: reading `utf8`
/// element by element takes several times as long, and this is done for each member of each document. The pointers don't outlive the
/// closures.
extension String {
    func isExactly(_ other: String) -> Bool {
        let (mine, others) = (utf8, other.utf8)
        guard mine.count == others.count else { return false }
        let fast = mine.withContiguousStorageIfAvailable { mine in
            others.withContiguousStorageIfAvailable { others in mine.elementsEqual(others) }
        }
        return (fast ?? nil) ?? mine.elementsEqual(others)
    }

    /// Equal for exactly equal strings, and seeded by the process: nobody can write a document whose names all collide.
    func hashExactly(into hasher: inout Hasher) {
        let fast: Void? = utf8.withContiguousStorageIfAvailable { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        if fast == nil { for byte in utf8 { hasher.combine(byte) } }
        hasher.combine(0xFF as UInt8)
    }

    /// The number of code points, which is what JSON Schema calls the length.
    var codePointCount: Int {
        let fast = utf8.withContiguousStorageIfAvailable { bytes in
            var count = 0
            for byte in bytes where byte & 0xC0 != 0x80 { count += 1 }
            return count
        }
        return fast ?? unicodeScalars.count
    }

    /// By bytes, which is the order of the code points as well.
    func precedesExactly(_ other: String) -> Bool {
        withBytes { mine in
            other.withBytes { others in
                for index in 0..<min(mine.count, others.count) where mine[index] != others[index] { return mine[index] < others[index] }
                return mine.count < others.count
            }
        }
    }

    /// `body` on the bytes, without a copy where the string has them in one piece.
    @inlinable
    package func withBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        if let result = utf8.withContiguousStorageIfAvailable({ body($0.span) }) { return result }
        return body(Array(utf8).span)
    }
}

extension ArraySlice<UInt8> {
    /// As ``Swift/String/hashExactly(into:)`` of the same bytes.
    func hashExactly(into hasher: inout Hasher) {
        withUnsafeBytes { hasher.combine(bytes: $0) }
        hasher.combine(0xFF as UInt8)
    }
}
