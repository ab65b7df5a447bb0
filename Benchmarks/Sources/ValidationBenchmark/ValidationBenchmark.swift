import ArgumentParser
import Foundation
import JSONSchema

/// One measurement: how long it takes to validate the documents of a file, a line each, once they have been read.
///
/// `Benchmarks/Validation/compare.py` runs it in turns with others.
@main
struct ValidationBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "validation-benchmark")

    @Argument(help: "The schema.", completion: .file())
    var schema: String

    @Argument(help: "The documents, one a line; all must be valid.", completion: .file())
    var documents: String

    @Option(help: "How long to measure each of the figures.")
    var milliseconds = 200

    func run() throws {
        let options = SchemaOptions(unknownKeywords: .annotate, formats: .annotate)
        let schema = try Schema.compile(JSONParser.parse(bytes(of: schema)), origin: schema, options: options)
        let texts = try bytes(of: documents).split(separator: UInt8(ascii: "\n")).map(Array.init)
        let documents = try texts.map { text in try JSONDocument(parsing: text) }
        for (number, document) in documents.enumerated() {
            guard let violation = schema.validate(document).first else { continue }
            throw ValidationError("\(self.documents):\(number + 1): \(violation)")
        }
        let validating = measure(documents) { schema.isValid($0) ? 1 : 0 }
        let reading = measure(texts) { (try? JSONDocument(parsing: $0)) == nil ? 0 : 1 }
        let both = measure(texts) { text in
            guard let document = try? JSONDocument(parsing: text) else { return 0 }
            return schema.isValid(document) ? 1 : 0
        }
        print(validating, reading, both)
    }

    private func bytes(of file: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: file))) }

    /// Microseconds of the processor for one element. What `body` returns is used, so that the optimizer can't leave it out.
    private func measure<Element>(_ elements: [Element], _ body: (Element) -> Int) -> Double {
        let start = processorTime()
        var (rounds, sum, spent) = (0, 0, 0.0)
        repeat {
            for element in elements { sum += body(element) }
            rounds += 1
            spent = processorTime() - start
        } while spent < Double(milliseconds) / 1e3
        return sum == rounds * elements.count ? spent * 1e6 / Double(sum) : .nan
    }

    /// Of this process, in seconds: what else runs on the machine counts less than in the time of a clock.
    private func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
