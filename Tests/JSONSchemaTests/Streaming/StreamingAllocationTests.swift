import CAllocationCounter
import JSONSchema
import Testing

@Suite("What reading and writing allocate", .enabled(if: allocation_counter_works(), "nothing counts allocations here"))
struct StreamingAllocationTests {
    private static let long = "a title of more than fifteen bytes"
    private static let pattern = TextPattern("^[a-z ]+$")

    private static func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("count")
        writer.write(-1_234_567_890, in: Int.min...0)
        writer.member("flag")
        writer.write(true)
        writer.member("id")
        writer.write("123e4567-e89b-12d3-a456-426614174000", format: .uuid)
        writer.member("short")
        writer.write("é", length: 1...1)
        writer.member("title")
        writer.write(long, pattern: pattern)
        writer.endObject()
    }

    @Test("Writing allocates the bytes, once where they have room, whatever is checked on the way")
    func writing() {
        func count() -> (allocations: Int, bytes: Int) {
            allocation_counter_start()
            var writer = JSONWriter(capacity: 400)
            Self.write(to: &writer)
            return (allocation_counter_stop(), writer.isValid ? writer.bytes.count : 0)
        }
        // The first time, the runtime makes the metadata of what is generic.
        #expect(count().bytes > 100)
        #expect(count().allocations == 1)
    }
}
