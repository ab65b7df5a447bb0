/// Puts text behind other text eight bytes at a time, in room that was made once for all that comes: appending to an array asks each
/// time whether it is shared and has room, which takes longer than to copy a name.
///
/// The only file that stores through pointers, as `ByteScan.swift` is the only one that loads words. A pointer into the array lives as
/// long as ``append(_:to:_:)``, and whoever calls it says how much room it takes; what it puts there is checked without the optimizer,
/// that is in all tests.
struct ByteCopy {
    private var place: UnsafeMutableRawPointer
    private let end: UnsafeMutableRawPointer

    /// - Parameter room: in bytes. Words take eight each, however few count.
    @inline(__always)
    static func append(_ room: Int, to bytes: inout [UInt8], _ body: (inout ByteCopy) -> Void) {
        bytes.append(addingCapacity: room) { output in
            output.withUnsafeMutableBufferPointer { buffer, count in
                guard let start = buffer.baseAddress else { return }
                var copy = ByteCopy(place: UnsafeMutableRawPointer(start), end: UnsafeMutableRawPointer(start) + room)
                body(&copy)
                count = copy.place - UnsafeMutableRawPointer(start)
            }
        }
    }

    @inline(__always)
    mutating func put(_ byte: UInt8) {
        store(byte, at: 0)
        place += 1
    }

    /// - Parameter word: the first byte is its lowest one.
    @inline(__always)
    mutating func put(_ word: UInt64, count: Int) {
        store(word.littleEndian, at: 0)
        place += count
    }

    @inline(__always)
    mutating func put(_ text: StaticString) {
        let count = text.utf8CodeUnitCount
        assert(place + count <= end)
        text.withUTF8Buffer { text in
            if let start = text.baseAddress { place.copyMemory(from: start, byteCount: count) }
        }
        place += count
    }

    /// A string of bytes that are known to be UTF-8.
    static func string(_ text: Span<UInt8>) -> String {
        String(unsafeUninitializedCapacity: text.count) { buffer in
            guard let start = buffer.baseAddress else { return 0 }
            var copy = ByteCopy(place: UnsafeMutableRawPointer(start), end: UnsafeMutableRawPointer(start) + buffer.count)
            copy.put(text)
            return text.count
        }
    }

    @inline(__always)
    private mutating func put(_ text: Span<UInt8>) {
        let source = text.bytes
        let count = source.byteCount
        assert(place + count <= end)
        if count >= 8 {
            var position = 0
            while position < count &- 8 {
                store(ByteScan.word(source, position).littleEndian, at: position)
                position &+= 8
            }
            store(ByteScan.word(source, count &- 8).littleEndian, at: count &- 8)
        } else {
            for position in Indexes(0..<count) { store(text[position], at: position) }
        }
        place += count
    }

    /// Text that JSON takes as it stands.
    ///
    /// - Returns: how many code points it has; `nil` if something in it needs an escape, and then nothing was put there.
    @inline(__always)
    mutating func put(plain text: Span<UInt8>) -> Int? {
        let source = text.bytes
        let count = source.byteCount
        var (stops, seen) = (0 as UInt64, 0 as UInt64)
        if count >= 8 {
            // The last word overlaps the one before it.
            let last = count &- 8
            var position = 0
            while position < last {
                copy(source, position, &stops, &seen)
                position &+= 8
            }
            copy(source, last, &stops, &seen)
        } else {
            for position in Indexes(0..<count) {
                let byte = text[position]
                store(byte, at: position)
                if ByteScan.isStop(byte) { stops = 1 }
                seen |= UInt64(byte)
            }
        }
        guard stops == 0 else { return nil }
        place += count
        return seen & ByteScan.highBits == 0 ? count : ByteScan.codePoints(text)
    }

    @inline(__always)
    private func copy(_ source: RawSpan, _ position: Int, _ stops: inout UInt64, _ seen: inout UInt64) {
        let word = ByteScan.word(source, position)
        stops |= ByteScan.stops(word)
        seen |= word
        store(word.littleEndian, at: position)
    }

    @inline(__always)
    private func store<Value: FixedWidthInteger & BitwiseCopyable>(_ value: Value, at offset: Int) {
        assert(place + offset + MemoryLayout<Value>.size <= end)
        place.storeBytes(of: value, toByteOffset: offset, as: Value.self)
    }
}
