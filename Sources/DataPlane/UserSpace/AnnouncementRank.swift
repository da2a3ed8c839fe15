/// Which announcements of a link are sent first when its pace does not allow all of them. Those of one rank are sent in the order
/// of arrival.
enum AnnouncementRank: Int, CaseIterable, Sendable {
    /// A node that is home again: what its neighbours still send to the home agent is lost.
    case returned
    /// A node that has left home: what its neighbours still send to the node itself is lost.
    case departed
    /// A repetition (RFC 5944 §4.6).
    case repeated
    /// A first announcement that found too many others waiting, such as those of an agent that has come back with its bindings.
    /// Most of their nodes' neighbours already know the agent's link-layer address.
    case backlog

    /// Tokens of the pace that this rank leaves to others.
    var reserve: Int64 {
        switch self {
        case .returned, .departed: 0
        case .repeated, .backlog: AnnouncementPace.reserve
        }
    }

    /// Most announcements that wait in this rank: those of one second. Any more get the rank `overflow`.
    var capacity: Int {
        switch self {
        case .returned, .departed: Int(AnnouncementPace.perSecond)
        case .repeated, .backlog: .max
        }
    }

    var overflow: AnnouncementRank { self == .returned ? .departed : .backlog }
}
