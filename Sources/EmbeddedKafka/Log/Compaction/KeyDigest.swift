/// Stands for a key of any length in 16 bytes.
///
/// Two of the standard library's keyed hashes, seeded anew in each process: 2^128 values that nobody can choose keys for.
struct KeyDigest: Hashable {
    private let first: Int
    private let second: Int

    init(of key: RawSpan) {
        var hashers = (Hasher(), Hasher())
        hashers.1.combine(UInt8(1))
        // `Hasher` takes bytes by pointer only; it does not leave the closure.
        key.withUnsafeBytes { bytes in
            hashers.0.combine(bytes: bytes)
            hashers.1.combine(bytes: bytes)
        }
        first = hashers.0.finalize()
        second = hashers.1.finalize()
    }
}
