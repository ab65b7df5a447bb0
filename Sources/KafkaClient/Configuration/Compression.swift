/// How a producer compresses its batches; consumers need no setting.
public enum Compression: String, Sendable, Hashable, CaseIterable {
    case none, gzip, snappy, lz4, zstd
}
