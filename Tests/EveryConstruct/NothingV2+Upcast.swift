extension NothingV2 {
    func upcast() -> Nothing { Nothing(something: something, length: something.utf8.count) }
}
