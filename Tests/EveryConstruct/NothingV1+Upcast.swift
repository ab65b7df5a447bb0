extension NothingV1 {
    func upcast() -> NothingV2 { NothingV2(something: "") }
}
