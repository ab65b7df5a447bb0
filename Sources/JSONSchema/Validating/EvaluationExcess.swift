/// What there can be too much of, in the words of the violation.
enum EvaluationExcess: String {
    case depth = "the document and its schema are nested too deeply to be checked"
    case work = "the document takes too much work to be checked"
    case pattern = "a string takes too much work to be matched with a pattern"
}
