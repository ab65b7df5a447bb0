import ArgumentParser
import EventContracts

/// Where it is written down which versions run.
enum DeployedSet: String, ExpressibleByArgument, CaseIterable {
    /// The manifests below `--manifests`, with the schemas of `--schemas`.
    case files
    /// What the workers announced.
    case topic
}
