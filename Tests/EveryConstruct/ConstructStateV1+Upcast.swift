extension ConstructStateV1 {
    func upcast() -> ConstructState { ConstructState(total: count) }
}
