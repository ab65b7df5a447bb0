extension Duration {
    /// Rounded up, so that a short wait does not become none, and held within 0 and the
    /// largest `Int32`: librdkafka reads -1 as "for ever", which no call here offers.
    var kafkaMilliseconds: Int32 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        guard seconds < 2_000_000 else { return 2_000_000_000 }
        return Int32(seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}

extension ContinuousClock.Instant {
    /// How long until then; zero once it has passed.
    var remaining: Duration {
        max(.zero, ContinuousClock.now.duration(to: self))
    }
}
