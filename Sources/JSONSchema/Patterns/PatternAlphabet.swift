/// The code points, sorted into classes that a pattern treats alike.
struct PatternAlphabet {
    /// Of each code point of ASCII.
    private var ascii: [UInt16] = []
    /// Where the runs of other code points begin, and the classes of these.
    private(set) var starts: [UInt32] = []
    private var classes: [UInt16] = []
    /// By class: a code point of it.
    private(set) var samples: [UInt32] = []
    /// By set, then by class.
    private(set) var members: [[Bool]] = []
    /// By class.
    private(set) var isWord: [Bool] = []

    var count: Int { samples.count }

    init(_ sets: [ScalarSet], tellsWords: Bool) {
        let distinguished = sets + (tellsWords ? [.wordCharacters] : [])
        var edges: [(at: UInt32, set: Int)] = []
        for (index, set) in distinguished.enumerated() {
            for range in set.ranges { edges += [(range.lowerBound, index), (range.upperBound + 1, index)] }
        }
        edges.sort { $0.at < $1.at }
        var classOfSignature: [[Bool]: UInt16] = [:]
        var signature = Array(repeating: false, count: distinguished.count)
        var edge = 0
        var start: UInt32 = 0
        while start <= 0x10FFFF {
            while edge < edges.count, edges[edge].at == start {
                signature[edges[edge].set].toggle()
                edge += 1
            }
            let known = classOfSignature[signature]
            let index = known ?? UInt16(samples.count)
            if known == nil {
                classOfSignature[signature] = index
                samples.append(start)
                isWord.append(tellsWords && signature[distinguished.count - 1])
            }
            starts.append(start)
            classes.append(index)
            start = edge < edges.count ? edges[edge].at : 0x110000
        }
        members = sets.indices.map { set in
            var contained = Array(repeating: false, count: samples.count)
            for (signature, index) in classOfSignature where signature[set] { contained[Int(index)] = true }
            return contained
        }
        ascii = (0..<128).map { search($0) }
    }

    func classIndex(of scalar: Unicode.Scalar) -> Int { classIndex(of: scalar.value) }

    func classIndex(of value: UInt32) -> Int { Int(value < 128 ? ascii[Int(value)] : search(value)) }

    func classIndex(ofASCII value: UInt8) -> Int { Int(ascii[Int(value)]) }

    private func search(_ value: UInt32) -> UInt16 {
        var (low, high) = (0, starts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= value { low = middle } else { high = middle }
        }
        return classes[low]
    }
}
