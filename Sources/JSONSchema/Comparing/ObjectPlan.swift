/// What an object must be, once it is decided which members are meant.
struct ObjectPlan: Sendable {
    var demands: ObjectDemands
    /// The names that the schemas mention here, in order.
    let known: [ExactText]
    /// Members that must be there under other names.
    var fresh: [MemberExistence] = []
}
