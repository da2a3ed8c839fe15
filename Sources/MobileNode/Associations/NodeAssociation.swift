public import MobileIPv4

/// A mobile node's security association, including its key, with an entity other than its home agent.
public struct NodeAssociation: Sendable {
    /// SPI of the association.
    public var spi: SecurityParameterIndex
    /// The key.
    public var key: AuthenticationKey
    /// How authenticators are computed; ignored with SPI 2.
    public var algorithm: AuthenticationAlgorithm

    public init(spi: SecurityParameterIndex, key: AuthenticationKey, algorithm: AuthenticationAlgorithm = .hmacMD5) {
        self.spi = spi
        self.key = key
        self.algorithm = algorithm
    }

    func sign(_ type: ExtensionType, _ octets: inout [UInt8]) {
        algorithm.appendExtension(type, spi: spi, key: key, to: &octets)
    }

    /// Appends the MN-AAA extension that answers a challenge.
    func answer(_ challenge: Challenge, _ octets: inout [UInt8]) {
        if spi == .chap {
            ChallengeAuthentication.appendExtension(challenge: challenge.octets, key: key, to: &octets)
        } else {
            sign(.generalizedAuthentication, &octets)
        }
    }

    func verifies(_ located: LocatedAuthentication?, in datagram: RawSpan) -> Bool {
        guard let located, located.spi == spi else { return false }
        return algorithm.verify(located, in: datagram, key: key)
    }
}
