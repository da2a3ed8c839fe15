import AgentModel
import ManagementCore
import MobileIPv4

/// The scalars of mipExtSignalling, 1.11 of MIPV4-EXT-MIB, about moving the nodes of a home agent to others.
enum DrainGroup {
    static var leaves: [MIBLeaf] {
        [
            scalar(
                .mipExtDrainHomeAgents, .addresses("information.drain.homeAgents", absentIfEmpty: true),
                "The home agents to which nodes are moved; writing them begins that, and an empty text ends it."
            ) { .addresses($0?.homeAgents ?? []) },
            scalar(.mipExtDrainText, "information.drain.text", "What revocations and denials say while nodes are moved.") {
                .text($0?.text ?? "")
            },
            scalar(.mipExtDrainSince, "information.drain.since", "When the home agent began to move its nodes.") {
                .dateAndTime($0?.since)
            },
            scalar(.mipExtDrainRedirected, "information.drain.redirected", "Requests redirected since then.") { drain in
                drain.map { .counter64($0.redirected) }
            },
            scalar(.mipExtDrainBindings, "information.drain.bindings", "Bindings that are left.") { drain in
                drain.map { .gauge(UInt32(clamping: $0.bindings)) }
            },
            scalar(
                .mipExtDrainMovableBindings, "information.drain.movableBindings", "Those among them that can still be moved."
            ) { drain in
                drain.map { .gauge(UInt32(clamping: $0.movableBindings)) }
            },
        ]
    }

    /// A scalar of a home agent; the value is nil if there is no instance.
    private static func scalar(
        _ node: MIBNode, _ member: MIBMember?, _ summary: String, _ value: @escaping @Sendable (DrainStatus?) -> MIBValue?
    ) -> MIBLeaf {
        .scalar(node, member, summary) { view in view.canDrain ? value(view.state.information?.drain) : nil }
    }
}

extension MIBView {
    /// Whether the agent can move its nodes to other home agents: a home agent that reports the settings of its signalling.
    var canDrain: Bool { state.plays(.homeAgent) && signallingSettings != nil }
}
