// swift-tools-version: 6.2
import PackageDescription

/// What is fed bytes that nobody vouches for, under libFuzzer and AddressSanitizer: `make fuzz`, see docs/proofs.md.
///
/// A package of its own, since a fuzz target's `main` is libFuzzer's, and everything it runs is instrumented. It reaches the
/// modules by links, not as a dependency: of a dependency all packages would be fetched and all plugins built.
let house: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
]

let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

func fuzzer(_ name: String, of dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies,
        // The entry point is libFuzzer's.
        swiftSettings: house + [.unsafeFlags(["-parse-as-library"])]
    )
}

let package = Package(
    name: "fuzzing",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        .target(
            name: "EmbeddedKafka",
            dependencies: [
                logging,
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: house
        ),
        .target(name: "JSONSchema", swiftSettings: house),
        fuzzer("fuzz-json", of: ["JSONSchema"]),
        fuzzer(
            "fuzz-broker",
            of: [
                "EmbeddedKafka", logging,
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
