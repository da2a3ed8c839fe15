import MobileIPv4

/// Messages whose authenticators were computed with Python's `hmac` and verified with `openssl dgst`, and whose structure tshark decodes.
enum Vectors {
    static let key = AuthenticationKey(octets: octets("00112233445566778899aabbccddeeff"))
    static let aaaKey = AuthenticationKey(octets: Array("aaa-shared-secret".utf8))

    static let request = octets(
        "01420258c000020ac0000201c6336401e90b5a8012345678201400000100ef6ae23ee0197a52d0bbd4fa2713c02f")
    static let reply = octets("0300012cc000020ac0000201e90b5a801234567820140000010001185738061a2b124d7a20779962734a")
    static let deregistration = octets(
        "01000000c000020ac0000201c000020ae90b5a851234567920140000010069bb1e3c94c0326591f497eb4dcff9ac")
    static let naiWithChallenge = octets(
        """
        0102070800000000c0000201c6336401e90b5a80123456788311616c696365406578616d706c652e6e65742014000001002777a08412f780424b67\
        21994e42f56d8408a1a2a3a4a5a6a7a824010014000000028a534de9013d6ce8d73fce8e95a078aa
        """)
    static let revocation = octets("0700c000c000020ac0000201c6336401e90b5b002214000001019fb295a36f7f8d5de1ed0fe0be1fa95e")
    static let revocationAcknowledgment = octets("0f008000c000020ae90b5b00221400000101fe8cdb15ce46bc61786474e1d453e400")
    static let mismatchReply = octets(
        "03850258c000020ac0000201e90b5b1012345678201400000100bfdccbc0f88ade4ce26b38b2fa05032a")
    static let udpTunnelRequest = octets(
        "01220258c000020ac0000201c6336401e90b5a8012345678900600008000000020140000010070843cca757086987e4ea991961edac0")
}
