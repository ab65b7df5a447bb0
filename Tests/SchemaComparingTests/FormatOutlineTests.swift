import Testing

@testable import JSONSchema

@Suite("What is assumed of a format holds for all that has it")
struct FormatOutlineTests {
    @Test("Its outline matches, it isn't longer than assumed, and it has the formats that it implies", arguments: Format.allCases)
    func outlines(format: Format) {
        var dice = Dice(seed: 5)
        var known = format.samples
        let characters = Array("0123456789aAfFzZtT:-+.@/?#[]%~PDYMWHS\" \\é\n".unicodeScalars)
        for sample in format.samples { #expect(format.accepts(sample), "\(sample)") }
        for _ in 0..<6_000 {
            var text = Array(dice.pick(known).unicodeScalars)
            for _ in 0..<dice.number(1...2) {
                let place = dice.number(0...text.count)
                switch dice.number(1...3) {
                case 1: text.insert(dice.pick(characters), at: place)
                case 2: if place < text.count { text.remove(at: place) }
                default: if place < text.count { text[place] = dice.pick(characters) }
                }
            }
            var scalars = String.UnicodeScalarView()
            scalars.append(contentsOf: text)
            let candidate = String(scalars)
            guard format.accepts(candidate) else { continue }
            if known.count < 400, !known.contains(candidate) { known.append(candidate) }
            #expect(format.outline?.matches(candidate) != false, "\(format.rawValue): \(candidate)")
            #expect(candidate.codePointCount <= Format.longest)
            for other in Format.allCases where format.implies(other) {
                #expect(other.accepts(candidate), "\(candidate) as \(other.rawValue)")
            }
        }
        #expect(known.count > format.samples.count)
    }

    @Test("Where anything is known of a format, there is an outline of it")
    func present() {
        #expect(Format.allCases.filter { $0.outline == nil } == [.regex])
    }
}
