/// All that a service has agreed to: generated from its manifest, and the only way in which the runtime knows its types.
public protocol ServiceContract: Sendable {
    associatedtype State: EventPayload
    associatedtype Input: EventUnion
    associatedtype Output: EventUnion
    associatedtype Effect: EventUnion
    associatedtype EffectResult: EventUnion
    associatedtype Timer: RawRepresentable<String> & Sendable & Hashable & CaseIterable

    static var manifest: ServiceManifest { get }

    /// The types of all events that the manifest names, states included, sorted as ``ServiceManifest/events``.
    static var payloads: [any EventPayload.Type] { get }

    /// A state from the changelog; `nil` for a type that is neither the state's nor one of its older versions.
    static func decodeState(type: String, data: [UInt8]) throws(PayloadError) -> State?

    /// The topic that an output is published to, as the manifest names it.
    static func topic(of output: Output) -> String

    /// The input that a fired timer is; `nil` where the service has no timers.
    static func input(timer: Timer, id: String) -> Input?
}
