import AgentModel
import ManagementCore
import MobileIPv4

/// The scalars of mipExtSignalling, 1.11 of MIPV4-EXT-MIB, that send a text. Nothing written is kept: reading gives what a request
/// has for the objects that it leaves out.
enum SendGroup {
    static var leaves: [MIBLeaf] {
        let summaries: [(MIBNode, String, MIBValue)] = [
            (.mipExtSendPrefix, "The network of the home addresses that a text is about.", .ipAddress(.zero)),
            (.mipExtSendPrefixLength, "The number of bits of that network.", .unsigned(0)),
            (.mipExtSendNAI, "The network access identifier that a text is about; empty for all nodes.", .nai(nil)),
            (.mipExtSendAcknowledged, "Whether each receiver must acknowledge a text.", .truth(true)),
            (.mipExtSendText, "Sends the text that is written.", .octets([])),
        ]
        let receivers = MIBLeaf.scalar(.mipExtSendTo, nil, "The role of the receivers of a text.") { view in
            view.sendsTexts ? view.usualReceivers.mibValue : nil
        }
        return [receivers]
            + summaries.map { node, summary, value in
                .scalar(node, nil, summary) { view in view.sendsTexts ? value : nil }
            }
    }
}

extension MIBView {
    /// Whether the agent can send texts: it reports the settings of its signalling.
    var sendsTexts: Bool { signallingSettings != nil }

    /// To whom the agent sends a text if the request does not say: a mobile node has no other nodes to write to.
    var usualReceivers: AgentRole { isMobilityAgent ? .mobileNode : .homeAgent }
}
