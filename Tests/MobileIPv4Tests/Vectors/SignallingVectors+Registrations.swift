import MobileIPv4
import Testing

extension SignallingVector {
    private static let otherHome = IPv4Address(192, 0, 2, 2)

    private static func configuration(_ value: HostConfiguration) -> Part { .value(NormalVendorSpecific(value.vendorSpecific)) }

    /// Messages of RFC 2794, 3115, 3846, 4064, 4332, 4433 and 5446.
    static func registrations() throws -> [SignallingVector] {
        let alice = try #require(NetworkAccessIdentifier("alice@example.net"))
        let homeAgent = try #require(NetworkAccessIdentifier("ha1@example.net"))
        let homeAAA = try #require(NetworkAccessIdentifier("aaa3@example.net"))
        let ims = try #require(ServiceIdentifier("ims"))
        return [
            SignallingVector(
                "a request for any home agent that names one", request(homeAddress: .zero, homeAgent: .zero),
                [.value(MobileNodeNAI(alice)), .value(DynamicHomeAgent(purpose: .requested, address: home)), mobileHome],
                """
                010207080000000000000000c6336401e90b5a80123456788311616c696365406578616d706c652e6e65748b010004c0000201201400\
                0001008cb87ffee17f2cb9b477ed5bbfc88ef9
                """),
            SignallingVector(
                "its reply with the assigned home agent", acceptance,
                [.value(MobileNodeNAI(alice)), mobileHome],
                """
                03000708c000020ac0000201e90b5a80123456788311616c696365406578616d706c652e6e6574201400000100adfb392024eb4e2d67\
                1a0aa0b7f200a0
                """),
            SignallingVector(
                "a redirection to another home agent", reply(.haRedirected, homeAddress: .zero),
                [.value(MobileNodeNAI(alice)), .value(DynamicHomeAgent(purpose: .redirected, address: otherHome)), mobileHome],
                """
                038f000000000000c0000201e90b5a80123456788311616c696365406578616d706c652e6e65748b020004c00002022014000001008f\
                397613516cdd865ba4a82debc8b2d5
                """),
            SignallingVector(
                "a denial by a foreign agent that knows no home agent",
                reply(.faNonZeroHomeAgentAddressRequired, homeAddress: .zero, homeAgent: .limitedBroadcast),
                [],
                "035a000000000000ffffffffe90b5a8012345678"),
            SignallingVector(
                "a request for host configuration", request(),
                [configuration(.request(selector: 0)), mobileHome],
                """
                01020708c000020ac0000201c6336401e90b5a8012345678860c000000000009000e000000002014000001004c85cbd1444cf4da58c7\
                5882adb0f110
                """),
            SignallingVector(
                "a reply with host configuration", acceptance,
                [
                    configuration(.homeNetworkPrefixLength(24)),
                    configuration(
                        .domainNameServers(primary: IPv4Address(192, 0, 2, 53), secondary: IPv4Address(192, 0, 2, 54))),
                    configuration(.defaultGateway(IPv4Address(192, 0, 2, 254))),
                    configuration(.domainNameSuffix("home.example")),
                    mobileHome,
                ],
                """
                03000708c000020ac0000201e90b5a8012345678860c000000000009000e000100188612000000000009000e0002c0000235c0000236\
                860e000000000009000e0005c00002fe8616000000000009000e0006686f6d652e6578616d706c652014000001001254c3a887c2adc0\
                8e3b7df799a4be36
                """),
            SignallingVector(
                "a request with a critical vendor extension", request(),
                [
                    .value(CriticalVendorSpecific(VendorSpecific(vendor: 0x1234, vendorType: 7, value: [0xDE, 0xAD]))),
                    mobileHome,
                ],
                """
                01020708c000020ac0000201c6336401e90b5a801234567826000008000012340007dead2014000001002bb8e311791f203738955dd5\
                c2916ef7
                """),
            SignallingVector(
                "its denial", reply(.haUnsupportedCVSEFromMobileNode),
                [mobileHome],
                "038c0000c000020ac0000201e90b5a8012345678201400000100695c5c446cb3dca60099171b8389d52f"),
            SignallingVector(
                "a request for a service", request(),
                [.value(MobileNodeNAI(alice)), .value(ServiceSelection(ims)), mobileHome],
                """
                01020708c000020ac0000201c6336401e90b5a80123456788311616c696365406578616d706c652e6e65749703696d73201400000100\
                9a724f7311995757f3dc6dcb3a46a730
                """),
            SignallingVector(
                "an acceptance that echoes the service", acceptance,
                [.value(MobileNodeNAI(alice)), .value(ServiceSelection(ims)), mobileHome],
                """
                03000708c000020ac0000201e90b5a80123456788311616c696365406578616d706c652e6e65749703696d73201400000100726f780e\
                52e8b829c67a72e86582abae
                """),
            SignallingVector(
                "a denial of the service", reply(.haServiceAuthorizationFailed),
                [.value(MobileNodeNAI(alice)), mobileHome],
                """
                03970000c000020ac0000201e90b5a80123456788311616c696365406578616d706c652e6e65742014000001003aaf63fa2106929a96\
                47c0042adbbcab
                """),
            SignallingVector(
                "an experimental message with both experimental extensions", .experimental(ExperimentalMessage()),
                [
                    .value(NonSkippableExperimental(subtype: 9, content: Array("abc".utf8))),
                    .value(SkippableExperimental(subtype: 9, content: Array("xyz".utf8))),
                    mobileHome,
                ],
                "ff7f090003616263ff040978797a201400000100708892a0990d15cfb35e751116edeec0"),
            SignallingVector(
                "a request with a skippable experimental extension", request(),
                [.value(SkippableExperimental(subtype: 1, content: Array("test".utf8))), mobileHome],
                """
                01020708c000020ac0000201c6336401e90b5a8012345678ff05017465737420140000010065ee174420772e305acce35f83011eae
                """),
            SignallingVector(
                "its denial with the experimental code", reply(.haExperimental),
                [mobileHome],
                "03c00000c000020ac0000201e90b5a8012345678201400000100ccd590e487d31308c08e3d5ae32bdff2"),
            SignallingVector(
                "a request with a vendor extension that may be skipped", request(),
                [
                    .value(
                        NormalVendorSpecific(VendorSpecific(vendor: 0x1234, vendorType: 9, value: Array("skip me".utf8)))),
                    mobileHome,
                ],
                """
                01020708c000020ac0000201c6336401e90b5a8012345678860f0000000012340009736b6970206d65201400000100f9bd432b889379\
                ba574a772fa67fb2f0
                """),
            SignallingVector(
                "an acceptance with the identities of the home agent and its AAA server", acceptance,
                [
                    .value(MobileNodeNAI(alice)),
                    .value(NAICarrying(owner: .homeAgent, nai: homeAgent)),
                    .value(NAICarrying(owner: .homeAAA, nai: homeAAA)),
                    mobileHome,
                ],
                """
                03000708c000020ac0000201e90b5a80123456788311616c696365406578616d706c652e6e6574881001686131406578616d706c652e\
                6e657488110261616133406578616d706c652e6e6574201400000100d7d1c2796cf193a910a06113684dcb23
                """),
            SignallingVector(
                "a denial by a foreign agent that cannot serve a node without home address",
                reply(.faNonZeroHomeAddressRequired, homeAddress: .zero),
                [],
                "0360000000000000c0000201e90b5a8012345678"),
        ]
    }
}
