// swift-tools-version: 6.2
import PackageDescription

/// libFuzzer's archive, which scripts/fuzz passes. With it, the package consists of instrumented modules and the fuzzers (docs/fuzzing.md).
let fuzzerLibrary = Context.environment["MIP_FUZZ_LIBRARY"]
let isFuzzing = fuzzerLibrary != nil
/// Whether memory accesses are watched too, which makes a fuzzer two or three times slower.
let watchesMemory = Context.environment["MIP_FUZZ_FAST"] == nil

let instrumentation: [SwiftSetting] = [
    .unsafeFlags([watchesMemory ? "-sanitize=address,fuzzer" : "-sanitize=fuzzer", "-enable-testing", "-assert-config", "Debug"]),
    .define("FUZZING"),
]
let settings: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ] + (isFuzzing ? instrumentation : [])

let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioConcurrency: Target.Dependency = .product(name: "NIOConcurrencyHelpers", package: "swift-nio")
let nioFoundation: Target.Dependency = .product(name: "NIOFoundationCompat", package: "swift-nio")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let deque: Target.Dependency = .product(name: "DequeModule", package: "swift-collections")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")

/// The fuzz targets with the modules that they need: a fuzzer watches the coverage of no others.
let fuzzTargets: [(folder: String, modules: Set<String>, products: [Target.Dependency])] = [
    ("Wire", ["MobileIPv4", "AgentModel", "DataPlane"], []),
    ("Engine", ["MobileIPv4", "AgentModel", "MobilityAgent", "MobileNode"], []),
    ("SNMP", ["SNMPAgent", "MIPMIB", "ManagementCore", "AgentModel", "MobileIPv4", "SNMPClient", "MIPTesting"], []),
    ("Control", ["AgentControl", "AgentModel", "JSON"], [nioCore, .product(name: "NIOEmbedded", package: "swift-nio")]),
    ("Configuration", ["AgentDaemon", "NodeDaemon", "DaemonSupport", "MobileIPv4", "mip-mibd"], []),
    (
        "HTTP", ["ManagementAPI", "MIPTesting", "AgentModel", "JSON", "MobileIPv4", "ManagementCore"],
        [
            .product(name: "Hummingbird", package: "hummingbird"), .product(name: "HTTPTypes", package: "swift-http-types"),
        ]
    ),
]

/// Runs every seed, and every input that ever failed, through the fuzz targets.
let fuzzTests: Target = {
    var modules: Set<String> = ["FuzzSupport"]
    var products: [Target.Dependency] = []
    for target in fuzzTargets {
        modules.formUnion(target.modules)
        products += target.products
    }
    let dependencies = modules.sorted().map { Target.Dependency.byName(name: $0) } + products
    return .testTarget(name: "FuzzTests", dependencies: dependencies, swiftSettings: settings)
}()

let fuzzers: [Target] = {
    var targets: [Target] = [
        .target(name: "CFuzzer", path: "Tests/Fuzz/CFuzzer"),
        .target(
            name: "FuzzDriver", dependencies: ["CFuzzer", "FuzzSupport"], path: "Tests/Fuzz/Driver", swiftSettings: settings),
    ]
    for target in fuzzTargets {
        let modules = (["FuzzDriver", "FuzzSupport"] + target.modules.sorted()).map { Target.Dependency.byName(name: $0) }
        targets.append(
            .executableTarget(
                name: "Fuzz" + target.folder, dependencies: modules + target.products,
                path: "Tests/FuzzTests/" + target.folder, swiftSettings: settings,
                linkerSettings: [.unsafeFlags((watchesMemory ? ["-sanitize=address"] : []) + [fuzzerLibrary ?? "", "-lstdc++"])]))
    }
    return targets
}()

let package = Package(
    name: "mip-mib",
    products: isFuzzing
        ? []
        : [
            .executable(name: "mip-agentd", targets: ["mip-agentd"]),
            .executable(name: "mip-node", targets: ["mip-node"]),
            .executable(name: "mip-mibd", targets: ["mip-mibd"]),
            .executable(name: "mip-mib", targets: ["mip-mib"]),
        ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // JSON as values and as text, the lowest layer.
        .target(name: "JSON", swiftSettings: settings),

        // The protocol and the agents. No sockets.
        .target(name: "MobileIPv4", dependencies: [crypto], swiftSettings: settings),
        .target(name: "AgentModel", dependencies: ["JSON", "MobileIPv4"], swiftSettings: settings),
        .target(name: "MobilityAgent", dependencies: ["AgentModel", deque], swiftSettings: settings),
        .target(name: "MobileNode", dependencies: ["AgentModel"], swiftSettings: settings),

        // Datagrams through tunnels: encapsulation, routes, ARP. Linux only.
        .target(name: "CLinuxNetwork"),
        .target(name: "DataPlane", dependencies: ["MobileIPv4", "AgentModel", "CLinuxNetwork"], swiftSettings: settings),

        // Files that daemons keep on disk.
        .target(name: "Persistence", swiftSettings: settings),
        // What an agent keeps over restarts: a journal that is folded into an SQLite database.
        .target(
            name: "StateStore",
            dependencies: [
                "Persistence", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"), logging,
            ],
            swiftSettings: settings),

        // The control interface and the shared core.
        .target(name: "CAgentInterface"),
        .target(
            name: "AgentControl",
            dependencies: ["CAgentInterface", "JSON", "AgentModel", "Persistence", nioCore, nioPosix, nioFoundation, logging],
            exclude: ["org.mipmib.agent.varlink"], swiftSettings: settings),
        .target(
            name: "ManagementCore", dependencies: ["AgentControl", "Persistence", logging, nioConcurrency],
            swiftSettings: settings),
        .target(name: "MIPMIB", dependencies: ["ManagementCore"], swiftSettings: settings),

        // The management interfaces.
        .systemLibrary(
            name: "CNetSNMP",
            pkgConfig: "netsnmp-agent",
            providers: [.apt(["libsnmp-dev"])]
        ),
        .target(
            name: "SNMPAgent", dependencies: ["MIPMIB", "CNetSNMP", "Persistence", logging, nioConcurrency],
            swiftSettings: settings),
        .target(name: "CManagementFiles"),
        .target(
            name: "ManagementAPI",
            dependencies: [
                "CManagementFiles", "DaemonSupport", "JSON", "ManagementCore", "Persistence", crypto, logging, lifecycle, nioCore,
                nioConcurrency,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "NIOHTTP1", package: "swift-nio"), .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            exclude: ["Dashboard/dashboard.html", "Dashboard/dashboard.css", "Dashboard/Scripts", "OpenAPI/answers.json"],
            swiftSettings: settings
        ),

        .target(name: "CStandardDescriptors"),
        // Code that every daemon shares: YAML configuration, logging, shutdown.
        .target(
            name: "DaemonSupport",
            dependencies: [
                "CStandardDescriptors", "MobileIPv4", "Persistence", logging, lifecycle, unixSignals, arguments,
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: settings
        ),

        // Sockets and frames of the links between agents and nodes. Linux only.
        .target(
            name: "MobilityLink", dependencies: ["MobileIPv4", "AgentModel", "DataPlane", "CLinuxNetwork", nioConcurrency],
            swiftSettings: settings),

        // The home and foreign agent on the network: a library, so that tests can run it in their own process.
        .target(
            name: "AgentDaemon",
            dependencies: [
                "MobilityAgent", "MobilityLink", "AgentControl", "DaemonSupport", "DataPlane", "Persistence", "StateStore",
                "CLinuxNetwork", nioCore, nioPosix, nioConcurrency,
                lifecycle,
                logging,
            ],
            swiftSettings: settings
        ),
        // The mobile node on the network.
        .target(
            name: "NodeDaemon",
            dependencies: [
                "MobileNode", "MobilityLink", "AgentControl", "DaemonSupport", "DataPlane", "Persistence", "CLinuxNetwork",
                nioCore,
                nioPosix, nioConcurrency, lifecycle, logging,
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "mip-agentd", dependencies: ["AgentDaemon", "DaemonSupport", arguments], swiftSettings: settings),
        .executableTarget(
            name: "mip-node",
            dependencies: [
                "MobileNode", "MobilityLink", "NodeDaemon", "DaemonSupport", "Persistence", nioCore, nioPosix, arguments, logging,
            ],
            swiftSettings: settings
        ),
        // Its configuration alone for the fuzzers, which have an entry point of their own.
        isFuzzing
            ? .target(
                name: "mip-mibd", dependencies: ["SNMPAgent", "ManagementAPI", "DaemonSupport"],
                exclude: ["ManagementDaemon.swift", "TokenCommand.swift"], swiftSettings: settings)
            : .executableTarget(
                name: "mip-mibd",
                dependencies: ["SNMPAgent", "ManagementAPI", "DaemonSupport", arguments, logging, lifecycle],
                swiftSettings: settings
            ),
        // SNMP from the manager's side, without a C library.
        .target(
            name: "SNMPClient", dependencies: [crypto, .product(name: "_CryptoExtras", package: "swift-crypto")],
            swiftSettings: settings),
        .executableTarget(
            name: "mip-mib",
            dependencies: [
                "JSON", "ManagementCore", "MIPMIB", "SNMPClient", "DaemonSupport", "Persistence", arguments, crypto, nioCore,
                nioFoundation,
                .product(name: "NIOHTTP1", package: "swift-nio"), .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: settings
        ),

        // Counts the heap allocations of programs that link it: benchmarks and tests, but no installed program.
        .target(name: "CAllocations", path: "Tests/CAllocations"),
        // Benchmarks; not part of the tests.
        .executableTarget(
            name: "mip-bench", dependencies: ["MobilityAgent", "MobileNode", "SNMPAgent", "CAllocations", arguments],
            swiftSettings: settings),
        // Attacks on the engines with wrong and rightly signed messages; the tests run a short form.
        .executableTarget(
            name: "mip-stress", dependencies: ["MobilityAgent", "MobileNode", "AgentModel", "MobileIPv4", arguments],
            swiftSettings: settings),
        .executableTarget(
            name: "mip-plane-bench", dependencies: ["DataPlane", "MobileIPv4", "AgentModel", "CLinuxNetwork", arguments],
            swiftSettings: settings),

        // Test support and tests.
        .target(
            name: "MIPTesting",
            dependencies: ["AgentControl", "ManagementCore", "MIPMIB", logging, nioConcurrency],
            swiftSettings: settings
        ),
        .testTarget(name: "JSONTests", dependencies: ["JSON", "CAllocations"], swiftSettings: settings),
        .testTarget(name: "MobileIPv4Tests", dependencies: ["MobileIPv4", "MIPTesting"], swiftSettings: settings),
        .testTarget(name: "PersistenceTests", dependencies: ["Persistence", "MIPTesting"], swiftSettings: settings),
        .testTarget(
            name: "StateStoreTests",
            dependencies: ["StateStore", "MIPTesting", .product(name: "GRDB", package: "GRDB.swift"), logging],
            swiftSettings: settings),
        .testTarget(name: "AgentModelTests", dependencies: ["AgentModel", "MIPTesting"], swiftSettings: settings),
        .testTarget(
            name: "MobilityAgentTests", dependencies: ["MobilityAgent", "ManagementCore", "MIPMIB", "MIPTesting"],
            swiftSettings: settings),
        .testTarget(
            name: "MobileNodeTests", dependencies: ["MobileNode", "MobilityAgent", "ManagementCore", "MIPMIB", "MIPTesting"],
            swiftSettings: settings),
        .testTarget(
            name: "DataPlaneTests", dependencies: ["DataPlane", "mip-plane-bench", "MIPTesting"], swiftSettings: settings),
        .testTarget(
            name: "AgentControlTests",
            dependencies: [
                "AgentControl", "JSON", "MIPTesting", "CAllocations", nioCore, nioPosix, nioConcurrency, logging,
            ],
            exclude: ["Recorded"], swiftSettings: settings),
        .testTarget(
            name: "ManagementCoreTests", dependencies: ["ManagementCore", "MIPTesting", logging, nioConcurrency],
            swiftSettings: settings),
        .testTarget(name: "MIPMIBTests", dependencies: ["MIPMIB", "MIPTesting"], swiftSettings: settings),
        .testTarget(name: "SNMPAgentTests", dependencies: ["SNMPAgent", "MIPTesting", "CAllocations"], swiftSettings: settings),
        .testTarget(
            name: "ManagementAPITests",
            dependencies: [
                "ManagementAPI", "AgentDaemon", "DaemonSupport", "MIPTesting", logging, lifecycle,
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ],
            exclude: ["Dashboard/Browser"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "APIDocumentTests", dependencies: ["mip-agentd", "mip-mibd", "MIPTesting"],
            exclude: ["client.py", "examples.py", "references.py", "schemathesis.toml", "schemathesis_hooks.py"],
            swiftSettings: settings),
        .testTarget(
            name: "DaemonSupportTests",
            dependencies: ["DaemonSupport", logging, lifecycle, .product(name: "Yams", package: "Yams")], swiftSettings: settings),
        .testTarget(
            name: "AgentDaemonTests",
            dependencies: [
                "AgentDaemon", "MobilityAgent", "MobilityLink", "StateStore", "mip-agentd", "MIPTesting", nioCore, nioPosix,
                logging,
            ],
            swiftSettings: settings),
        .testTarget(
            name: "NodeDaemonTests",
            dependencies: [
                "NodeDaemon", "MobileNode", "MobilityLink", "DataPlane", "mip-node", "MIPTesting", nioCore, nioPosix, logging,
            ],
            swiftSettings: settings),
        .testTarget(name: "SNMPClientTests", dependencies: ["SNMPClient", "MIPTesting"], swiftSettings: settings),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "AgentControl", "AgentModel", "JSON", "ManagementCore", "MIPMIB", "MobileIPv4", "mip-mib", "mip-agentd",
                "mip-mibd", "MIPTesting",
                .product(name: "Yams", package: "Yams"),
            ],
            exclude: ["Golden"], swiftSettings: settings),
        .testTarget(
            name: "InterfaceTests",
            dependencies: [
                "JSON", "AgentControl", "AgentModel", "ManagementCore", "ManagementAPI", "MIPMIB", "MobileIPv4", "SNMPAgent",
                "SNMPClient", "mip-mib", "MIPTesting",
            ],
            swiftSettings: settings),
        // Load, failures and hostile input: short forms of what scripts/stress runs.
        .testTarget(
            name: "StressTests",
            dependencies: ["MIPTesting", "mip-stress", "mip-agentd", "mip-node", "mip-mibd", "mip-mib"],
            exclude: ["Harness"], swiftSettings: settings),
        .testTarget(
            name: "IntegrationTests",
            dependencies: [
                "MIPTesting", "ManagementAPI", "MobilityAgent", "MobileNode", "mip-agentd", "mip-node", "mip-mibd", "mip-mib",
                "mip-stress",
            ],
            exclude: ["Clients"], swiftSettings: settings),
        // What fuzzers and their tests share.
        .target(name: "FuzzSupport", path: "Tests/Fuzz/Support", swiftSettings: settings),
    ] + (isFuzzing ? fuzzers : [fuzzTests]),
    swiftLanguageModes: [.v6],
    cLanguageStandard: .gnu2x
)
