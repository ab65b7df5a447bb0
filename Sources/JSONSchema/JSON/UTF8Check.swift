/// Whether bytes are UTF-8 as table 3-7 of the Unicode standard has it: no surrogates, nothing longer than need be, nothing above U+10FFFF.
enum UTF8Check {
    static func isValid(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        var position = range.lowerBound
        while position < range.upperBound {
            let first = bytes[position]
            position += 1
            guard first >= 0x80 else { continue }
            let (length, second): (Int, ClosedRange<UInt8>)
            switch first {
            case 0xC2...0xDF: (length, second) = (1, 0x80...0xBF)
            case 0xE0: (length, second) = (2, 0xA0...0xBF)
            case 0xED: (length, second) = (2, 0x80...0x9F)
            case 0xE1...0xEF: (length, second) = (2, 0x80...0xBF)
            case 0xF0: (length, second) = (3, 0x90...0xBF)
            case 0xF1...0xF3: (length, second) = (3, 0x80...0xBF)
            case 0xF4: (length, second) = (3, 0x80...0x8F)
            default: return false
            }
            guard range.upperBound - position >= length, second.contains(bytes[position]) else { return false }
            for offset in 1..<max(length, 1) where !(0x80...0xBF).contains(bytes[position + offset]) { return false }
            position += length
        }
        return true
    }
}
