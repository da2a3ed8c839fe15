import ArgumentParser
import MobileIPv4

/// Which rows are wanted.
struct FilterOptions: ParsableArguments {
    @Option(help: "Only this home address, or those in a prefix such as 10.0.0.0/8.")
    var homeAddress: String?

    @Option(help: "Only this network access identifier.")
    var nai: String?

    @Option(name: .customLong("care-of"), help: "Only this care-of address, or those in a prefix.")
    var careOf: String?

    struct Filter {
        var homeAddress: IPv4Prefix?
        var careOfAddress: IPv4Prefix?
        var nai: String?

        func matches(homeAddress home: IPv4Address, careOfAddress careOf: IPv4Address, nai own: NetworkAccessIdentifier?) -> Bool
        {
            if let homeAddress, !homeAddress.contains(home) { return false }
            if let careOfAddress, !careOfAddress.contains(careOf) { return false }
            if let nai, own?.value != nai { return false }
            return true
        }
    }

    func filter() throws -> Filter {
        Filter(
            homeAddress: try homeAddress.map { try Self.prefix($0, "--home-address") },
            careOfAddress: try careOf.map { try Self.prefix($0, "--care-of") }, nai: nai)
    }

    private static func prefix(_ text: String, _ option: String) throws -> IPv4Prefix {
        if let address = IPv4Address(text), let prefix = IPv4Prefix(containing: address, length: 32) { return prefix }
        if let prefix = IPv4Prefix(text) { return prefix }
        throw CommandFailure.usage("\(option) '\(text)' is neither an address such as 10.0.0.7 nor a prefix such as 10.0.0.0/8")
    }
}
