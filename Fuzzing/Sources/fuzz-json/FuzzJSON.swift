@testable import JSONSchema

/// libFuzzer's entry. The first byte of an input chooses the door through which the rest comes in.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSON(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: bytes, count: count))
    guard let choice = input.first, let door = Door(rawValue: choice) else { return -1 }
    let rest = Array(input.dropFirst())
    let parts = rest.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false).map(Array.init)
    switch door {
    case .document: Claims.reading(rest)
    case .schema: Claims.compiling(parts[0], parts.count > 1 ? parts[1] : [])
    case .validation: Claims.validating(rest)
    case .pattern: Claims.matching(parts[0], parts.count > 1 ? parts[1] : [])
    case .format: Claims.format(parts[0], parts.count > 1 ? parts[1] : [])
    }
    return 0
}
