/// The varlink descriptions this daemon serves. A test holds the first against `org.mipmib.agent.varlink`.
package enum InterfaceDescription {
    package static let agentName = "org.mipmib.agent"
    package static let serviceName = "org.varlink.service"

    /// The text of `org.mipmib.agent.varlink`.
    package static let agent = """
        # The control interface of a Mobile IPv4 daemon: a home agent, a foreign agent or a mobile node.
        #
        # Addresses are dotted IPv4, times RFC 3339 in UTC on the daemon's own clock, lifetimes and service times seconds, identifications
        # sixteen hexadecimal digits. Keys of security associations never appear. JSON of any form is understood; what a subscription replies is
        # read fastest with the members of Subscribe's reply and of rows in the order given here, without white space and escapes.
        #
        # This interface grows, and growth breaks nobody. What was said once stays: nothing is renamed, removed, or given another meaning. New
        # members stand behind the old ones, new words at the end of their list.
        #
        # Readers ignore what they do not know, and count it: members, counters, words in a list, kinds of change, and events of an unknown kind.
        # An unknown word leaves an optional member absent, and elsewhere reads as the one that claims least (encapsulation ipInIp, reverseTunnel
        # none, a visitor's state pending, kind initial, reason of an end expired, recentReason other, a node's state unknown). A row whose key has
        # an unknown word is left out; so is an association with an unknown role, algorithm or replay method, and an older row of its key goes. A
        # removal is obeyed whatever its reason. What is not sent is 0, false or an empty list, for a word the one above; texts, times,
        # addresses and keys must be sent, and so must the parameters of replies themselves (phase, sequence, changes, applied and so on). null is
        # the same as not sent. The phases of a subscription are three and stay three.
        #
        # The vocabulary has versions; this is version 1. GetInformation and Subscribe take the version that the caller knows. A daemon sends what
        # came later only to those who asked for that version: it leaves out newer topics, changes and members, and puts older words in the place of
        # newer ones. Who does not ask knows version 1; a daemon that is asked for a later version than its own sends its own. A daemon that does
        # not take the parameter (org.varlink.service.InvalidParameter) is asked again without it. Changes that a daemon shall make are not read like
        # that: it refuses kinds and words that it does not know.
        interface org.mipmib.agent

        type AgentRole (mobileNode, foreignAgent, homeAgent)

        type AgentAddress (role: AgentRole, address: string, port: int)

        # What a daemon says of itself. `instance` differs at every start; `dataPlane` is kernel or userSpace, absent when none forwards.
        type AgentInformation (
          name: string,
          version: string,
          instance: string,
          processID: int,
          roles: []AgentRole,
          startTime: string,
          enabled: bool,
          encapsulations: []string,
          addresses: []AgentAddress,
          careOfAddresses: []string,
          \(informationSettings)
          maximumPending: int,
          maximumViolators: int,
          maximumMobileNodes: int,
          addedCareOfAddresses: []string,
          addedHomeAgents: []string,
          dataPlane: ?string\(laterInformationSettings)
        )

        # A mobility binding. Its key is homeAddress and careOfAddress. `expires` is absent when it never does (lifetimeGranted 65535).
        type Binding (
          homeAddress: string,
          careOfAddress: string,
          homeAgent: string,
          sourceAddress: string,
          sourcePort: int,
          nai: ?string,
          flags: []string,
          identification: string,
          lifetimeGranted: int,
          created: string,
          renewed: string,
          expires: ?string,
          renewals: int,
          handoffs: int,
          encapsulation: string,
          reverseTunnel: string,
          spi: int
        )

        type BindingRemoved (homeAddress: string, careOfAddress: string, reason: string)

        # An entry of the visitor list. Its key is sourceAddress, homeAddress and nai.
        type Visitor (
          sourceAddress: string,
          sourcePort: int,
          homeAddress: string,
          homeAgent: string,
          careOfAddress: string,
          nai: ?string,
          flags: []string,
          reverseTunnel: string,
          identification: string,
          state: string,
          lifetimeRequested: int,
          lifetimeGranted: int,
          created: string,
          expires: ?string
        )

        type VisitorRemoved (sourceAddress: string, homeAddress: string, nai: ?string, reason: string)

        # A request that a foreign agent has relayed and that is not answered yet. Its key is homeAddress and nai. `kind` is initial, renewal or
        # deregistration.
        type PendingRegistration (
          homeAddress: string,
          nai: ?string,
          homeAgent: string,
          kind: string,
          sent: string,
          retransmissions: int,
          expires: string
        )

        type PendingRegistrationRemoved (homeAddress: string, nai: ?string)

        # How an association was used. `clockOffset` is milliseconds that the peer's clock is ahead.
        type AssociationUse (
          lastUsed: ?string,
          accepted: int,
          authenticationFailures: int,
          replayFailures: int,
          clockOffset: ?int
        )

        # A mobility security association without its key. `peer` is an address, a prefix or an NAI.
        type SecurityAssociation (
          peer: string,
          peerRole: AgentRole,
          spi: int,
          algorithm: string,
          replayMethod: string,
          replayTolerance: int,
          storage: ?string,
          use: ?AssociationUse
        )

        type SecurityAssociationRemoved (peer: string, spi: int)

        type SecurityViolation (
          violator: string,
          count: int,
          recentSPI: int,
          recentTime: string,
          recentIdentification: string,
          recentReason: string,
          recentCode: ?int
        )

        type SecurityViolationRemoved (violator: string)

        # What a home agent has done for one mobile node; the key is homeAddress.
        type MobileNodeService (
          homeAddress: string,
          nai: ?string,
          requestsReceived: int,
          accepted: int,
          denied: int,
          serviceTime: int,
          servingSince: ?string,
          recentAccepted: ?string,
          recentDenied: ?string,
          recentDeniedCode: ?int
        )

        type MobileNodeServiceRemoved (homeAddress: string)

        # What a mobile node says of itself. `state` is home, registered, pending, isolated or unknown.
        type MobileNodeStatus (
          state: string,
          homeAddress: string,
          nai: ?string,
          homeAgents: []KnownHomeAgent,
          recentAdvertisement: ?HeardAdvertisement
        )

        type KnownHomeAgent (address: string, isCurrent: bool)

        # An agent advertisement a mobile node heard. Lifetimes are seconds, a registrationLifetime of 65535 has no end.
        type HeardAdvertisement (
          sourceAddress: string,
          sequence: int,
          flags: []string,
          registrationLifetime: int,
          advertisementLifetime: int,
          received: string
        )

        # A registration of a mobile node. Its key is agentAddress and careOfAddress. `expires` is absent when it never does, and while the
        # registration is not accepted.
        type NodeRegistration (
          agentAddress: string,
          careOfAddress: string,
          homeAgent: string,
          flags: []string,
          identification: string,
          lifetime: int,
          sent: string,
          expires: ?string,
          isAccepted: bool,
          isCoLocated: bool,
          reverseTunnel: string
        )

        type NodeRegistrationRemoved (agentAddress: string, careOfAddress: string)

        # A foreign agent a mobile node hears, once for each care-of address it offers. Its key is address and careOfAddress.
        type KnownForeignAgent (
          address: string,
          careOfAddress: string,
          flags: []string,
          sequence: int,
          registrationLifetime: int,
          heard: string,
          expires: string
        )

        type KnownForeignAgentRemoved (address: string, careOfAddress: string)

        # A tunnel that bindings or visits use. Its key is localAddress, remoteAddress and encapsulation; octets are those of the datagrams inside.
        type Tunnel (
          localAddress: string,
          remoteAddress: string,
          encapsulation: string,
          packetsSent: int,
          octetsSent: int,
          packetsReceived: int,
          octetsReceived: int,
          since: ?string
        )

        type TunnelRemoved (localAddress: string, remoteAddress: string, encapsulation: string)

        # What was forwarded for one mobile node. Its key is role and homeAddress.
        type Traffic (
          role: AgentRole,
          homeAddress: string,
          packetsToNode: int,
          octetsToNode: int,
          packetsFromNode: int,
          octetsFromNode: int
        )

        type TrafficRemoved (role: AgentRole, homeAddress: string)

        # An interface on which the daemon advertises itself; the key is address. Intervals and lifetimes are seconds.
        type AdvertisingInterface (
          name: string,
          interfaceIndex: int,
          storage: ?string,
          address: string,
          prefixLength: int,
          destination: string,
          maximumRegistrationLifetime: int,
          maximumInterval: int,
          minimumInterval: int,
          advertisementLifetime: int,
          onlyOnSolicitation: bool,
          includesPrefixLength: bool,
          flags: []string,
          careOfAddresses: []string,
          challengeLength: int,
          nai: ?string,
          sequence: ?int,
          advertisementsSent: int,
          advertisementsSentForSolicitation: int,
          solicitationsReceived: int,
          recent: ?string
        )

        type AdvertisingRemoved (address: string)

        # Counters since the start of the daemon, an object of numbers, and of objects by reply code or discard reason.
        type Counters (
          homeAgent: ?object,
          foreignAgent: ?object,
          mobileNode: ?object,
          forwarding: ?object,
          datagramsReceived: int,
          eventsSuppressed: int,
          securityViolations: int,
          discards: object
        )

        type Event (
          time: string,
          kind: string,
          role: AgentRole,
          homeAddress: ?string,
          nai: ?string,
          careOfAddress: ?string,
          previousCareOfAddress: ?string,
          homeAgent: ?string,
          sourceAddress: ?string,
          code: ?int,
          violationReason: ?string,
          spi: ?int,
          message: string
        )

        # One change of state. Exactly one member is present. Rows are whole: applying a change twice does no harm.
        type Change (
          information: ?AgentInformation,
          counters: ?Counters,
          binding: ?Binding,
          bindingRemoved: ?BindingRemoved,
          visitor: ?Visitor,
          visitorRemoved: ?VisitorRemoved,
          association: ?SecurityAssociation,
          associationRemoved: ?SecurityAssociationRemoved,
          violation: ?SecurityViolation,
          violationRemoved: ?SecurityViolationRemoved,
          mobileNode: ?MobileNodeService,
          mobileNodeRemoved: ?MobileNodeServiceRemoved,
          mobileNodeStatus: ?MobileNodeStatus,
          registration: ?NodeRegistration,
          registrationRemoved: ?NodeRegistrationRemoved,
          foreignAgent: ?KnownForeignAgent,
          foreignAgentRemoved: ?KnownForeignAgentRemoved,
          pending: ?PendingRegistration,
          pendingRemoved: ?PendingRegistrationRemoved,
          tunnel: ?Tunnel,
          tunnelRemoved: ?TunnelRemoved,
          traffic: ?Traffic,
          trafficRemoved: ?TrafficRemoved,
          advertising: ?AdvertisingInterface,
          advertisingRemoved: ?AdvertisingRemoved,
          event: ?Event
        )

        # A new or changed security association. What is absent stays, or has its usual value in a new one. `key` is hexadecimal digits and is
        # only ever written. `creation` is mayExist, mustExist or mustNotExist; `storage` is volatile or nonVolatile.
        type AssociationChange (
          peer: string,
          spi: int,
          peerRole: ?AgentRole,
          algorithm: ?string,
          replayMethod: ?string,
          replayTolerance: ?int,
          key: ?string,
          creation: ?string,
          storage: ?string
        )

        # How the agent shall advertise itself at one of its addresses. What is absent stays, or has its usual value.
        type AdvertisingChange (
          address: string,
          maximumRegistrationLifetime: ?int,
          includesPrefixLength: ?bool,
          destination: ?string,
          maximumInterval: ?int,
          minimumInterval: ?int,
          advertisementLifetime: ?int,
          onlyOnSolicitation: ?bool,
          creation: ?string,
          storage: ?string
        )

        \(changes("ForeignAgentSettings"))

        \(changes("AgentLimits"))

        type BindingEnd (homeAddress: string, careOfAddress: ?string)

        type AssociationKey (peer: string, spi: int)

        # One change that an operator makes. Exactly one member is present.
        type AgentChangeRequest (
          enabled: ?bool,
          endBinding: ?BindingEnd,
          association: ?AssociationChange,
          removeAssociation: ?AssociationKey,
          advertising: ?AdvertisingChange,
          removeAdvertising: ?string,
          addCareOfAddress: ?string,
          removeCareOfAddress: ?string,
          foreignAgent: ?ForeignAgentSettings,
          limits: ?AgentLimits,
          addHomeAgent: ?string,
          removeHomeAgent: ?string
        )

        # Rows of the daemon's tables.
        type TableCounts (bindings: int, visitors: int, associations: int, violations: int)

        # What the daemon says of itself, its clock, and how much it holds; without counts the rows of its tables have to be read to be counted.
        method GetInformation(vocabulary: ?int) -> (information: AgentInformation, time: string, counts: ?TableCounts)

        # With `more`: the whole state in replies of phase `snapshot`, one reply of phase `synced`, then what changes in replies of phase
        # `live`. Without `more`: the snapshot in one reply, for daemons of moderate size.
        #
        # Every change has a number; a reply covers `firstSequence` to `sequence`. Live replies follow each other without a gap, or
        # else the reader has missed something and subscribes anew. At least once a second a reply arrives, if need be without changes; `time`
        # is the daemon's clock at sending.
        #
        # Topics: information, counters, bindings, visitors, associations, violations, mobileNodes, mobileNodeStatus, registrations,
        # foreignAgents, pendingRegistrations, tunnels, traffic, advertisements, events. Absent means all of the version asked for.
        method Subscribe(topics: ?[]string, vocabulary: ?int) -> (
          phase: (snapshot, synced, live),
          firstSequence: int,
          sequence: int,
          time: string,
          changes: []Change
        )

        # Ends the bindings of a home address, or the one with this care-of address. The mobile node is not told.
        method RevokeBinding(homeAddress: string, careOfAddress: ?string) -> (revoked: int)

        # Switches registration on or off; bindings and visits stay until they run out.
        method SetEnabled(enabled: bool) -> ()

        # Makes all of these changes in their order, or none. With `validate` none is made. `undo` is what Undo takes them back with, for 60
        # seconds; absent when nothing was changed.
        method Apply(changes: []AgentChangeRequest, validate: ?bool) -> (applied: int, undo: ?string)

        # Takes back what Apply has made.
        method Undo(token: string) -> ()

        # There is no such binding.
        error BindingNotFound (homeAddress: string, careOfAddress: ?string)

        # The daemon refuses the command; `reason` says why.
        error Refused (reason: string)

        # A change cannot be made, and none was: which one counted from 0, which member of it where it is one, and what would be right.
        error ChangeRefused (
          index: int,
          field: ?string,
          problem: (notFound, alreadyExists, invalidValue, inconsistent, notPermitted, resourceUnavailable, commitFailed),
          reason: string
        )

        # `topic` is none of `known`.
        error InvalidTopic (topic: string, known: []string)
        """

    /// The interface every varlink service has (varlink.org/Service).
    package static let service = """
        # The Varlink Service Interface is provided by every varlink service.
        interface org.varlink.service

        method GetInfo() -> (vendor: string, product: string, version: string, url: string, interfaces: []string)

        method GetInterfaceDescription(interface: string) -> (description: string)

        error InterfaceNotFound (interface: string)

        error MethodNotFound (method: string)

        error MethodNotImplemented (method: string)

        error InvalidParameter (parameter: string)
        """
}
