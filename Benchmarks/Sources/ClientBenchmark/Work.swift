import ArgumentParser

/// A piece of work that both programs know by this name.
enum Work: String, ExpressibleByArgument {
    case produce, await, consume, transactions
}
