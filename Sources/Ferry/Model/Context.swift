import EventContracts

/// What a handler may know of the world beyond its input and its state.
public struct Context: Sendable, Hashable {
    /// The key of the input's record, to which the state belongs.
    public let key: String

    /// The `ce_id` of the input.
    public let inputID: String

    /// When the input happened, in milliseconds since the epoch: the timestamp of its record, not the clock's.
    public let timeMilliseconds: Int64

    /// The `ce_source` of the input; with ``inputID`` it names the input in all the world (CloudEvents 1.0.2, `id`).
    public let inputSource: String

    public init(key: String, inputID: String, inputSource: String, timeMilliseconds: Int64) {
        self.key = key
        self.inputID = inputID
        self.inputSource = inputSource
        self.timeMilliseconds = timeMilliseconds
    }

    /// A new identifier, a UUIDv5 of the input and `name`: the same input always gives the same one, and
    /// distinct names give distinct ones (RFC 9562, section 5.5).
    ///
    /// The key takes part, so that two clients who number their commands from 1 cannot collide.
    public func id(_ name: String) -> String {
        DerivedID.make(from: [inputSource, inputID, key, name])
    }
}
