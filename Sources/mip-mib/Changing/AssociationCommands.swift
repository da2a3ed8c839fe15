import AgentModel
import ArgumentParser
import MobileIPv4

struct AssociationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "association", abstract: "Add, change and remove mobility security associations.",
        discussion: """
            A key is read from a file, from standard input or at a prompt, and is never shown. Associations in the agent's configuration \
            file can be changed only there.
            """,
        subcommands: [Add.self, Change.self, Remove.self])

    /// Identifies an association.
    struct Name: ParsableArguments {
        @Argument(
            help: ArgumentHelp("The peer that shares it: an address, a prefix or a network access identifier.", valueName: "peer")
        )
        var peer: String
        @Argument(
            help: ArgumentHelp("The index (SPI) that identifies it in messages, 256 or more.", valueName: "spi"),
            transform: { try WholeNumber.parse($0, as: UInt32.self) })
        var spi: UInt32

        func key() throws -> SecurityAssociationKey {
            guard let peer = PeerIdentity(peer) else {
                throw CommandFailure.usage("'\(peer)' is invalid; expected \(PeerIdentity.textForm)")
            }
            return SecurityAssociationKey(peer: peer, spi: SecurityParameterIndex(rawValue: spi))
        }
    }

    /// The values of an association other than its key; an omitted value stays as it is.
    struct Values: ParsableArguments {
        @Option(help: ArgumentHelp("Role of the peer: mobileNode, foreignAgent or homeAgent.", valueName: "role")) var role:
            String?
        @Option(help: ArgumentHelp("Algorithm: hmac-md5, prefix-suffix-md5, hmac-sha1 or hmac-sha256.", valueName: "name"))
        var algorithm: String?
        @Option(help: ArgumentHelp("Replay protection: timestamps or nonces.", valueName: "method")) var replay: String?
        @Option(
            help: ArgumentHelp("How far a timestamp may deviate.", valueName: "seconds"),
            transform: { try WholeNumber.parse($0, as: UInt16.self) })
        var tolerance: UInt16?

        func change(_ name: SecurityAssociationKey, key: SecretOctets?, _ creation: CreationRule) throws
            -> SecurityAssociationChange
        {
            SecurityAssociationChange(
                peer: name.peer, spi: name.spi, peerRole: try word(role, "--role", AgentRole.self),
                algorithm: try word(algorithm, "--algorithm", AuthenticationAlgorithm.self),
                replayMethod: try word(replay, "--replay", ReplayMethod.self), replayTolerance: tolerance, key: key,
                creation: creation)
        }

        private func word<Value: RawRepresentable & CaseIterable>(
            _ text: String?, _ option: String, _: Value.Type
        ) throws -> Value? where Value.RawValue == String {
            guard let text else { return nil }
            guard let value = Value(rawValue: text) else {
                let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandFailure.usage("\(option) '\(text)' is invalid; expected one of \(known)")
            }
            return value
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add an association.", usage: "mip-mib association add [<options>] <peer> <spi>",
            discussion: """
                Defaults: --role mobileNode, --algorithm hmac-md5, --replay timestamps, --tolerance 7.

                Examples:
                  mip-mib association add 10.0.0.7 256 --role mobileNode
                  mip-mib association add alice@example.net 300 --key-file key.txt --hex
                """)
        @OptionGroup var name: Name
        @OptionGroup var values: Values
        @OptionGroup var key: KeyOptions
        @OptionGroup var place: TargetOptions
        @OptionGroup var options: ChangeOptions

        func run() async throws {
            let own = try name.key()
            let change = try values.change(own, key: try key.key(isNeeded: true), .mustNotExist)
            try options.confirm("Add the association with \(own.peer), SPI \(own.spi)?")
            try await options.apply(
                .association(change), at: place, done: "the association with \(own.peer), SPI \(own.spi), is added")
        }
    }

    struct Change: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set", abstract: "Change an association; values not given stay as they are, including the key.",
            usage: "mip-mib association set [<options>] <peer> <spi>",
            discussion: "Example: mip-mib association set 10.0.0.7 256 --tolerance 30 --yes")
        @OptionGroup var name: Name
        @OptionGroup var values: Values
        @OptionGroup var key: KeyOptions
        @OptionGroup var place: TargetOptions
        @OptionGroup var options: ChangeOptions

        func run() async throws {
            let own = try name.key()
            let change = try values.change(own, key: try key.key(isNeeded: false), .mustExist)
            try options.confirm("Change the association with \(own.peer), SPI \(own.spi)?")
            try await options.apply(
                .association(change), at: place, done: "the association with \(own.peer), SPI \(own.spi), is changed")
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove an association; registrations that it authenticated stay.",
            usage: "mip-mib association remove [<options>] <peer> <spi>",
            discussion: "Example: mip-mib association remove 10.0.0.7 256 --dry-run")
        @OptionGroup var name: Name
        @OptionGroup var place: TargetOptions
        @OptionGroup var options: ChangeOptions

        func run() async throws {
            let own = try name.key()
            try options.confirm("Remove the association with \(own.peer), SPI \(own.spi)?")
            try await options.apply(
                .removeAssociation(own), at: place, done: "the association with \(own.peer), SPI \(own.spi), is removed")
        }
    }
}

struct AdvertisementCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "advertisement", abstract: "Change how an agent advertises itself.", subcommands: [Change.self])

    struct Change: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set",
            abstract: "Change how an agent advertises itself on an interface; values not given stay as they are.",
            usage: "mip-mib advertisement set [<options>] <address>",
            discussion: "Example: mip-mib advertisement set 192.0.2.1 --minimum-interval 3 --maximum-interval 10")
        @Argument(help: "The agent's address on the interface.") var address: String
        @Option(
            help: ArgumentHelp("Longest interval between advertisements, 4 to 1800.", valueName: "seconds"),
            transform: { try WholeNumber.parse($0, as: Int.self) })
        var maximumInterval: Int?
        @Option(
            help: ArgumentHelp("Shortest interval between advertisements, 3 to 1800.", valueName: "seconds"),
            transform: { try WholeNumber.parse($0, as: Int.self) })
        var minimumInterval: Int?
        @Option(
            help: ArgumentHelp("ICMP advertisement lifetime, 4 to 9000.", valueName: "seconds"),
            transform: { try WholeNumber.parse($0, as: UInt16.self) })
        var lifetime: UInt16?
        @Option(
            help: ArgumentHelp("Longest registration lifetime; 65535 means infinity.", valueName: "seconds"),
            transform: { try WholeNumber.parse($0, as: UInt16.self) })
        var registrationLifetime: UInt16?
        @Option(help: ArgumentHelp("Whether to advertise only when solicited.", valueName: "true|false")) var onlyOnSolicitation:
            Bool?
        @Option(help: ArgumentHelp("Whether to include prefix lengths.", valueName: "true|false")) var prefixLength: Bool?
        @OptionGroup var place: TargetOptions
        @OptionGroup var options: ChangeOptions

        func run() async throws {
            let own = try mip_mib.address(address, example: "192.0.2.1")
            let change = AdvertisingChange(
                address: own, maximumRegistrationLifetime: registrationLifetime, includesPrefixLength: prefixLength,
                maximumInterval: maximumInterval, minimumInterval: minimumInterval, advertisementLifetime: lifetime,
                onlyOnSolicitation: onlyOnSolicitation, creation: .mustExist)
            try options.confirm("Change the advertisement settings of \(own)?")
            try await options.apply(
                .advertising(change), at: place, done: "the advertisement settings of \(own) are changed")
        }
    }
}
