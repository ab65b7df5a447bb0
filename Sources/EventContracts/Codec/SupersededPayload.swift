/// The data of an event, or a state, in an older major version, which a service reads beside the newer one.
///
/// The generator makes a type conform for every older major version that a manifest names to be read; the service writes ``upcast()``,
/// and doesn't compile without it. Rules see the newest version only.
public protocol SupersededPayload: EventPayload {
    /// The next newer major version that the service reads.
    associatedtype Successor: EventPayload

    /// The same fact, as the newer version tells it.
    ///
    /// Pure and total: the same data gives the same result, in production, for a dead letter and in a replay. What the older version
    /// didn't say must follow from what it did.
    func upcast() -> Successor
}

extension SupersededPayload {
    /// One step along the versions, checked: rules never see what the schema of the newer version forbids.
    ///
    /// - Throws: ``PayloadError/invalidUpcast(from:_:)`` for a result that breaks its schema, which is a defect of ``upcast()``.
    public func lifted() throws(PayloadError) -> Successor {
        let successor = upcast()
        do {
            _ = try Codec.encode(successor)
        } catch {
            throw .invalidUpcast(from: Self.type, "\(error)")
        }
        return successor
    }
}
