// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours compiles under the same rules.
let house: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

/// A service is an island: its rules, its manifest, and the types generated for it alone.
func service(_ name: String, performing: [Target.Dependency] = [], path: String? = nil) -> Target {
    .executableTarget(
        name: name,
        dependencies: ["Ferry", "EventContracts", "JSONSchema", argumentParser, logging] + performing,
        path: path,
        exclude: ["service.yaml"],
        swiftSettings: house,
        plugins: ["EventTypes"]
    )
}

func tests(_ name: String, of dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: house)
}

let package = Package(
    name: "ferry",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "ferry", targets: ["FerryCLI"]),
        .executable(name: "cart-service", targets: ["CartService"]),
        .executable(name: "order-service", targets: ["OrderService"]),
        .executable(name: "payment-service", targets: ["PaymentService"]),
        .executable(name: "payment-gateway", targets: ["PaymentGateway"]),
        .executable(name: "shop-demo", targets: ["ShopDemo"]),
        .library(name: "KafkaClient", targets: ["KafkaClient"]),
        .library(name: "KafkaClientServices", targets: ["KafkaClientServices"]),
        .library(name: "JSONSchema", targets: ["JSONSchema"]),
        .library(name: "EventContracts", targets: ["EventContracts"]),
        .library(name: "Ferry", targets: ["Ferry"]),
        .library(name: "FerryTesting", targets: ["FerryTesting"]),
        .library(name: "EmbeddedKafka", targets: ["EmbeddedKafka"]),
        .plugin(name: "EventTypes", targets: ["EventTypes"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // The wrapper: bytes only.
        .systemLibrary(
            name: "CLibrdkafka",
            pkgConfig: "rdkafka",
            providers: [.apt(["librdkafka-dev"]), .brew(["librdkafka"])]
        ),
        .target(name: "KafkaClient", dependencies: ["CLibrdkafka", logging], swiftSettings: house),
        .target(
            name: "KafkaClientServices",
            dependencies: [
                "KafkaClient",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: house
        ),

        // Contracts: schemas, envelope, manifest, generated types.
        .target(name: "JSONSchema", swiftSettings: house),
        .target(
            name: "EventContracts",
            dependencies: ["JSONSchema", .product(name: "Yams", package: "Yams")],
            swiftSettings: house
        ),
        .target(
            name: "EventCatalog",
            dependencies: ["EventContracts", "JSONSchema", .product(name: "Mustache", package: "swift-mustache")],
            resources: [.embedInCode("Site/page.mustache"), .embedInCode("Site/page.css"), .embedInCode("Site/page.js")],
            swiftSettings: house
        ),
        .executableTarget(
            name: "EventTypeGenerator",
            dependencies: ["EventContracts", "JSONSchema"],
            swiftSettings: house
        ),
        .plugin(name: "EventTypes", capability: .buildTool(), dependencies: ["EventTypeGenerator"]),

        // The runtime.
        .target(
            name: "Ferry",
            dependencies: [
                "KafkaClient", "EventContracts", "JSONSchema", argumentParser, logging,
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "HeapModule", package: "swift-collections"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: house
        ),
        .target(
            name: "FerryTesting",
            dependencies: ["Ferry", "KafkaClient", "EventContracts", "JSONSchema", logging],
            swiftSettings: house
        ),

        // The shop.
        service("CartService"),
        service("OrderService"),
        // The order service in its next version, for the tests of what happens while both are running.
        service("OrderServiceNext", path: "Tests/OrderServiceNext"),
        service(
            "PaymentService",
            performing: [
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOFoundationCompat", package: "swift-nio"),
            ]
        ),
        .executableTarget(
            name: "PaymentGateway",
            dependencies: [
                argumentParser, logging,
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: house
        ),
        .executableTarget(
            name: "ShopDemo",
            dependencies: ["FerryTesting", "KafkaClient", "EventContracts", "JSONSchema", argumentParser, logging],
            swiftSettings: house
        ),

        // A broker for development and tests.
        .target(
            name: "EmbeddedKafka",
            dependencies: [
                logging,
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: house
        ),

        // The command line.
        .executableTarget(
            name: "FerryCLI",
            dependencies: [
                "KafkaClient", "EventContracts", "EventCatalog", "JSONSchema", "EmbeddedKafka", argumentParser, logging,
            ],
            swiftSettings: house
        ),

        // Tests.
        tests("CartServiceTests", of: ["CartService", "FerryTesting"]),
        tests("OrderServiceTests", of: ["OrderService", "FerryTesting"]),
        tests("PaymentServiceTests", of: ["PaymentService", "Ferry", "FerryTesting"]),
        tests(
            "FerryTests",
            of: [
                "Ferry", "FerryTesting", "EventContracts", "JSONSchema", "KafkaClient",
                "CartService", "OrderService", "PaymentService", logging,
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        tests("ArchitectureTests", of: []),
        tests("ComposeTests", of: [.product(name: "Yams", package: "Yams")]),
        tests("FerryCLITests", of: ["FerryCLI", "FerryTesting", "EventContracts", "JSONSchema", "KafkaClient", logging]),
        tests(
            "EmbeddedKafkaTests",
            of: [
                "EmbeddedKafka", "KafkaClient", logging,
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
            ]
        ),
        // Stands in front of malloc, so nothing but tests may depend on it.
        .target(name: "CAllocationCounter", path: "Tests/Support/CAllocationCounter"),
        tests("JSONSchemaTests", of: ["JSONSchema", "CAllocationCounter"]),
        tests("EventCatalogTests", of: ["EventCatalog", "EventContracts", "JSONSchema"]),
        tests("EventContractsTests", of: ["EventContracts", "JSONSchema"]),
        tests("SchemaComparingTests", of: ["JSONSchema"]),
        tests(
            "EventTypeGeneratorTests",
            of: [
                "EventTypeGenerator", "EventContracts", "JSONSchema", "CartService", "OrderService", "PaymentService", "EveryConstruct",
            ]
        ),
        // The types of every construct that a schema may have: what the tests of generated code are about.
        .target(
            name: "EveryConstruct",
            dependencies: ["EventContracts", "JSONSchema"],
            path: "Tests/EveryConstruct",
            exclude: ["schemas", "service.yaml"],
            swiftSettings: house,
            plugins: ["EventTypes"]
        ),
        // The system tests run the programs themselves, so these are built with them.
        tests(
            "ShopTests",
            of: [
                "ShopDemo", "FerryTesting", "EventContracts", "KafkaClient", logging,
                "FerryCLI", "CartService", "OrderService", "OrderServiceNext", "PaymentService", "PaymentGateway",
            ]
        ),
        tests(
            "PaymentGatewayTests",
            of: [
                "PaymentGateway",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "ServiceLifecycleTestKit", package: "swift-service-lifecycle"),
            ]
        ),
        // The worker of the proof of exactly-once: a process, since it is there to be killed.
        .executableTarget(
            name: "ExactlyOnceWorker",
            dependencies: ["KafkaClient", logging],
            path: "Tests/ExactlyOnceWorker",
            swiftSettings: house
        ),
        tests("ExactlyOnceTests", of: ["ExactlyOnceWorker", "FerryCLI", "FerryTesting", "KafkaClient", logging]),
        .testTarget(
            name: "ForeignClientTests",
            dependencies: ["FerryTesting", "KafkaClient", logging],
            exclude: ["Clients", "Java"],
            swiftSettings: house
        ),
        tests(
            "KafkaClientTests",
            of: [
                "KafkaClient", "KafkaClientServices", "CLibrdkafka", "CAllocationCounter", logging,
                .product(name: "MetricsTestKit", package: "swift-metrics"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "ServiceLifecycleTestKit", package: "swift-service-lifecycle"),
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)

// FERRY_PART=client leaves the Kafka client and its tests: all that the sanitizers have to build.
if Context.environment["FERRY_PART"] == "client" {
    let part: Set = ["CLibrdkafka", "KafkaClient", "KafkaClientServices", "CAllocationCounter", "KafkaClientTests"]
    package.targets.removeAll { !part.contains($0.name) }
    package.products.removeAll { !part.contains($0.name) }
}
