extension PartitionLog {
    /// Lets go of the files as a killed process does: nothing is written any more, and no end is marked. What still runs elsewhere for this
    /// log finds that its time is over.
    func abandon() {
        generation += 1
        active.release()
    }
}
