import ArgumentParser
import MobileIPv4

/// Restricts rows to some mobile nodes.
struct NodeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only this home address, or those within a prefix such as 10.0.0.0/8.", valueName: "address"))
    var homeAddress: String?

    @Option(help: ArgumentHelp("Only this network access identifier.", valueName: "user@realm")) var nai: String?

    @Option(
        name: .customLong("care-of"),
        help: ArgumentHelp("Only this care-of address, or those within a prefix.", valueName: "address")
    )
    var careOf: String?

    func conditions() throws -> [RowCondition] {
        [
            try homeAddress.map { try Self.address("homeAddress", $0, "--home-address") },
            try careOf.map { try Self.address("careOfAddress", $0, "--care-of") },
            nai.map { RowCondition(path: "nai", comparison: .equal, operand: $0) },
        ].compactMap { $0 }
    }

    private static func address(_ path: String, _ text: String, _ option: String) throws -> RowCondition {
        guard IPv4Address(text) != nil || IPv4Prefix(text) != nil else {
            throw CommandFailure.usage(
                "\(option) '\(text)' is invalid; expected an address such as 10.0.0.7 or a prefix such as 10.0.0.0/8")
        }
        return RowCondition(path: path, comparison: .equal, operand: text)
    }
}
