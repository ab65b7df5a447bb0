import NIOCore

/// libFuzzer's entry. The first byte of an input chooses the door through which the rest comes in.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzBroker(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var input = ByteBuffer(bytes: UnsafeRawBufferPointer(start: bytes, count: count))
    guard let choice = input.readInteger(as: UInt8.self), let door = Door(rawValue: choice) else { return -1 }
    do {
        switch door {
        case .stream: try Conversation().hear(input)
        case .requests: try Conversation().hear(Frames.framing(input))
        case .records: try Conversation().hear(Frames.producing(Checksums.mended(input)))
        case .log: try FoundFiles(input).open()
        case .state: try FoundFiles(input).start()
        }
    } catch {
        // An error is an answer. What must not be is a crash, and what the doors themselves check.
    }
    return 0
}
