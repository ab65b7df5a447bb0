extension NothingV1 {
    func upcast() -> Nothing { Nothing(something: "") }
}
