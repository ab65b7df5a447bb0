// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that what only benchmarks need is not in the graph of those who use Ferry.

let house: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
    name: "ferry-benchmarks",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "c-reference", targets: ["CReference"]),
        .executable(name: "client-benchmark", targets: ["ClientBenchmark"]),
        .executable(name: "codec-benchmark", targets: ["CodecBenchmark"]),
        .executable(name: "validation-benchmark", targets: ["ValidationBenchmark"]),
    ],
    dependencies: [
        .package(name: "ferry", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        // The same work as ClientBenchmark's, in C on librdkafka: what there is to be had.
        .executableTarget(name: "CReference", linkerSettings: [.linkedLibrary("rdkafka")]),
        .executableTarget(
            name: "ClientBenchmark",
            dependencies: [
                .product(name: "KafkaClient", package: "ferry"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house
        ),
        .executableTarget(
            name: "ValidationBenchmark",
            dependencies: [
                .product(name: "JSONSchema", package: "ferry"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: house
        ),
        .executableTarget(
            name: "CodecBenchmark",
            dependencies: [
                .product(name: "EventContracts", package: "ferry"),
                .product(name: "JSONSchema", package: "ferry"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["schemas", "service.yaml"],
            swiftSettings: house,
            plugins: [.plugin(name: "EventTypes", package: "ferry")]
        ),
    ],
    swiftLanguageModes: [.v6]
)
