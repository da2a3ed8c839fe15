/// Every node of the MIB modules: module, name, OID, kind, units. Written by scripts/generate-mib-nodes.
let mibNodeTable = """
    MIP-MIB mipMIB 1.3.6.1.2.1.44 node
    MIP-MIB mipMIBObjects 1.3.6.1.2.1.44.1 node
    MIP-MIB mipSystem 1.3.6.1.2.1.44.1.1 node
    MIP-MIB mipEntities 1.3.6.1.2.1.44.1.1.1 scalar
    MIP-MIB mipEnable 1.3.6.1.2.1.44.1.1.2 scalar
    MIP-MIB mipEncapsulationSupported 1.3.6.1.2.1.44.1.1.3 scalar
    MIP-MIB mipSecurity 1.3.6.1.2.1.44.1.2 node
    MIP-MIB mipSecAssocTable 1.3.6.1.2.1.44.1.2.1 table
    MIP-MIB mipSecAssocEntry 1.3.6.1.2.1.44.1.2.1.1 row
    MIP-MIB mipSecPeerAddress 1.3.6.1.2.1.44.1.2.1.1.1 column
    MIP-MIB mipSecSPI 1.3.6.1.2.1.44.1.2.1.1.2 column
    MIP-MIB mipSecAlgorithmType 1.3.6.1.2.1.44.1.2.1.1.3 column
    MIP-MIB mipSecAlgorithmMode 1.3.6.1.2.1.44.1.2.1.1.4 column
    MIP-MIB mipSecKey 1.3.6.1.2.1.44.1.2.1.1.5 column
    MIP-MIB mipSecReplayMethod 1.3.6.1.2.1.44.1.2.1.1.6 column
    MIP-MIB mipSecTotalViolations 1.3.6.1.2.1.44.1.2.2 scalar messages
    MIP-MIB mipSecViolationTable 1.3.6.1.2.1.44.1.2.3 table
    MIP-MIB mipSecViolationEntry 1.3.6.1.2.1.44.1.2.3.1 row
    MIP-MIB mipSecViolatorAddress 1.3.6.1.2.1.44.1.2.3.1.1 column
    MIP-MIB mipSecViolationCounter 1.3.6.1.2.1.44.1.2.3.1.2 column messages
    MIP-MIB mipSecRecentViolationSPI 1.3.6.1.2.1.44.1.2.3.1.3 column
    MIP-MIB mipSecRecentViolationTime 1.3.6.1.2.1.44.1.2.3.1.4 column
    MIP-MIB mipSecRecentViolationIDLow 1.3.6.1.2.1.44.1.2.3.1.5 column
    MIP-MIB mipSecRecentViolationIDHigh 1.3.6.1.2.1.44.1.2.3.1.6 column
    MIP-MIB mipSecRecentViolationReason 1.3.6.1.2.1.44.1.2.3.1.7 column
    MIP-MIB mipSecurityAssocsCount 1.3.6.1.2.1.44.1.2.4 scalar associations
    MIP-MIB mipSecurityAssocTable 1.3.6.1.2.1.44.1.2.5 table
    MIP-MIB mipSecurityAssocEntry 1.3.6.1.2.1.44.1.2.5.1 row
    MIP-MIB mipSecurityPeerIdType 1.3.6.1.2.1.44.1.2.5.1.1 column
    MIP-MIB mipSecurityPeerId 1.3.6.1.2.1.44.1.2.5.1.2 column
    MIP-MIB mipSecuritySPI 1.3.6.1.2.1.44.1.2.5.1.3 column
    MIP-MIB mipSecurityAlgorithmType 1.3.6.1.2.1.44.1.2.5.1.4 column
    MIP-MIB mipSecurityAlgorithmMode 1.3.6.1.2.1.44.1.2.5.1.5 column
    MIP-MIB mipSecurityKey 1.3.6.1.2.1.44.1.2.5.1.6 column
    MIP-MIB mipSecurityReplayMethod 1.3.6.1.2.1.44.1.2.5.1.7 column
    MIP-MIB mipSecurityReplayTime 1.3.6.1.2.1.44.1.2.5.1.8 column seconds
    MIP-MIB mipSecurityPeerNAI 1.3.6.1.2.1.44.1.2.5.1.9 column
    MIP-MIB mipSecurityPeerIpAddress 1.3.6.1.2.1.44.1.2.5.1.10 column
    MIP-MIB mipSecurityStatus 1.3.6.1.2.1.44.1.2.5.1.11 column
    MIP-MIB mipSecurityStorageType 1.3.6.1.2.1.44.1.2.5.1.12 column
    MIP-MIB mipSecurityViolationTable 1.3.6.1.2.1.44.1.2.6 table
    MIP-MIB mipSecurityViolationEntry 1.3.6.1.2.1.44.1.2.6.1 row
    MIP-MIB mipSecurityViolatorIdType 1.3.6.1.2.1.44.1.2.6.1.1 column
    MIP-MIB mipSecurityViolatorId 1.3.6.1.2.1.44.1.2.6.1.2 column
    MIP-MIB mipSecurityViolationCounter 1.3.6.1.2.1.44.1.2.6.1.3 column messages
    MIP-MIB mipSecurityRecentViolationSPI 1.3.6.1.2.1.44.1.2.6.1.4 column
    MIP-MIB mipSecurityRecentViolationTime 1.3.6.1.2.1.44.1.2.6.1.5 column
    MIP-MIB mipSecurityRecentViolationIDLow 1.3.6.1.2.1.44.1.2.6.1.6 column
    MIP-MIB mipSecurityRecentViolationIDHigh 1.3.6.1.2.1.44.1.2.6.1.7 column
    MIP-MIB mipSecurityRecentViolationReason 1.3.6.1.2.1.44.1.2.6.1.8 column
    MIP-MIB mipSecurityViolatorNAI 1.3.6.1.2.1.44.1.2.6.1.9 column
    MIP-MIB mipSecurityViolatorIpAddress 1.3.6.1.2.1.44.1.2.6.1.10 column
    MIP-MIB mipSecurityRecentViolationErrCode 1.3.6.1.2.1.44.1.2.6.1.11 column
    MIP-MIB mipSecurityviolationStorageType 1.3.6.1.2.1.44.1.2.6.1.12 column
    MIP-MIB mipMN 1.3.6.1.2.1.44.1.3 node
    MIP-MIB mnSystem 1.3.6.1.2.1.44.1.3.1 node
    MIP-MIB mnState 1.3.6.1.2.1.44.1.3.1.1 scalar
    MIP-MIB mnHomeAddress 1.3.6.1.2.1.44.1.3.1.2 scalar
    MIP-MIB mnHATable 1.3.6.1.2.1.44.1.3.1.3 table
    MIP-MIB mnHAEntry 1.3.6.1.2.1.44.1.3.1.3.1 row
    MIP-MIB mnHAAddress 1.3.6.1.2.1.44.1.3.1.3.1.1 column
    MIP-MIB mnCurrentHA 1.3.6.1.2.1.44.1.3.1.3.1.2 column
    MIP-MIB mnHAStatus 1.3.6.1.2.1.44.1.3.1.3.1.3 column
    MIP-MIB mnIdentifierType 1.3.6.1.2.1.44.1.3.1.4 scalar
    MIP-MIB mnIdentifier 1.3.6.1.2.1.44.1.3.1.5 scalar
    MIP-MIB mnDiscovery 1.3.6.1.2.1.44.1.3.2 node
    MIP-MIB mnFATable 1.3.6.1.2.1.44.1.3.2.1 table
    MIP-MIB mnFAEntry 1.3.6.1.2.1.44.1.3.2.1.1 row
    MIP-MIB mnFAAddress 1.3.6.1.2.1.44.1.3.2.1.1.1 column
    MIP-MIB mnCOA 1.3.6.1.2.1.44.1.3.2.1.1.2 column
    MIP-MIB mnRecentAdvReceived 1.3.6.1.2.1.44.1.3.2.2 node
    MIP-MIB mnAdvSourceAddress 1.3.6.1.2.1.44.1.3.2.2.1 scalar
    MIP-MIB mnAdvSequence 1.3.6.1.2.1.44.1.3.2.2.2 scalar
    MIP-MIB mnAdvFlags 1.3.6.1.2.1.44.1.3.2.2.3 scalar
    MIP-MIB mnAdvMaxRegLifetime 1.3.6.1.2.1.44.1.3.2.2.4 scalar seconds
    MIP-MIB mnAdvMaxAdvLifetime 1.3.6.1.2.1.44.1.3.2.2.5 scalar seconds
    MIP-MIB mnAdvTimeReceived 1.3.6.1.2.1.44.1.3.2.2.6 scalar
    MIP-MIB mnSolicitationsSent 1.3.6.1.2.1.44.1.3.2.3 scalar messages
    MIP-MIB mnAdvertisementsReceived 1.3.6.1.2.1.44.1.3.2.4 scalar messages
    MIP-MIB mnAdvsDroppedInvalidExtension 1.3.6.1.2.1.44.1.3.2.5 scalar messages
    MIP-MIB mnAdvsIgnoredUnknownExtension 1.3.6.1.2.1.44.1.3.2.6 scalar extensions
    MIP-MIB mnMoveFromHAToFA 1.3.6.1.2.1.44.1.3.2.7 scalar moves
    MIP-MIB mnMoveFromFAToFA 1.3.6.1.2.1.44.1.3.2.8 scalar moves
    MIP-MIB mnMoveFromFAToHA 1.3.6.1.2.1.44.1.3.2.9 scalar moves
    MIP-MIB mnGratuitousARPsSend 1.3.6.1.2.1.44.1.3.2.10 scalar messages
    MIP-MIB mnAgentRebootsDectected 1.3.6.1.2.1.44.1.3.2.11 scalar restarts
    MIP-MIB mnRegistration 1.3.6.1.2.1.44.1.3.3 node
    MIP-MIB mnRegistrationTable 1.3.6.1.2.1.44.1.3.3.1 table
    MIP-MIB mnRegistrationEntry 1.3.6.1.2.1.44.1.3.3.1.1 row
    MIP-MIB mnRegAgentAddress 1.3.6.1.2.1.44.1.3.3.1.1.1 column
    MIP-MIB mnRegCOA 1.3.6.1.2.1.44.1.3.3.1.1.2 column
    MIP-MIB mnRegFlags 1.3.6.1.2.1.44.1.3.3.1.1.3 column
    MIP-MIB mnRegIDLow 1.3.6.1.2.1.44.1.3.3.1.1.4 column
    MIP-MIB mnRegIDHigh 1.3.6.1.2.1.44.1.3.3.1.1.5 column
    MIP-MIB mnRegTimeRequested 1.3.6.1.2.1.44.1.3.3.1.1.6 column seconds
    MIP-MIB mnRegTimeRemaining 1.3.6.1.2.1.44.1.3.3.1.1.7 column seconds
    MIP-MIB mnRegTimeSent 1.3.6.1.2.1.44.1.3.3.1.1.8 column
    MIP-MIB mnRegIsAccepted 1.3.6.1.2.1.44.1.3.3.1.1.9 column
    MIP-MIB mnCOAIsLocal 1.3.6.1.2.1.44.1.3.3.1.1.10 column
    MIP-MIB mnRegDeliveryStyle 1.3.6.1.2.1.44.1.3.3.1.1.11 column
    MIP-MIB mnRegRequestsSent 1.3.6.1.2.1.44.1.3.3.2 scalar messages
    MIP-MIB mnDeRegRequestsSent 1.3.6.1.2.1.44.1.3.3.3 scalar messages
    MIP-MIB mnRegRepliesRecieved 1.3.6.1.2.1.44.1.3.3.4 scalar messages
    MIP-MIB mnDeRegRepliesRecieved 1.3.6.1.2.1.44.1.3.3.5 scalar messages
    MIP-MIB mnRepliesInvalidHomeAddress 1.3.6.1.2.1.44.1.3.3.6 scalar messages
    MIP-MIB mnRepliesUnknownHA 1.3.6.1.2.1.44.1.3.3.7 scalar messages
    MIP-MIB mnRepliesUnknownFA 1.3.6.1.2.1.44.1.3.3.8 scalar messages
    MIP-MIB mnRepliesInvalidID 1.3.6.1.2.1.44.1.3.3.9 scalar messages
    MIP-MIB mnRepliesDroppedInvalidExtension 1.3.6.1.2.1.44.1.3.3.10 scalar messages
    MIP-MIB mnRepliesIgnoredUnknownExtension 1.3.6.1.2.1.44.1.3.3.11 scalar messages
    MIP-MIB mnRepliesHAAuthenticationFailure 1.3.6.1.2.1.44.1.3.3.12 scalar messages
    MIP-MIB mnRepliesFAAuthenticationFailure 1.3.6.1.2.1.44.1.3.3.13 scalar messages
    MIP-MIB mnRegRequestsAccepted 1.3.6.1.2.1.44.1.3.3.14 scalar messages
    MIP-MIB mnRegRequestsDeniedByHA 1.3.6.1.2.1.44.1.3.3.15 scalar messages
    MIP-MIB mnRegRequestsDeniedByFA 1.3.6.1.2.1.44.1.3.3.16 scalar messages
    MIP-MIB mnRegRequestsDeniedByHADueToID 1.3.6.1.2.1.44.1.3.3.17 scalar messages
    MIP-MIB mnRegRequestsWithDirectedBroadcast 1.3.6.1.2.1.44.1.3.3.18 scalar messages
    MIP-MIB mipMA 1.3.6.1.2.1.44.1.4 node
    MIP-MIB maAdvertisement 1.3.6.1.2.1.44.1.4.2 node
    MIP-MIB maAdvConfigTable 1.3.6.1.2.1.44.1.4.2.1 table
    MIP-MIB maAdvConfigEntry 1.3.6.1.2.1.44.1.4.2.1.1 row
    MIP-MIB maInterfaceAddress 1.3.6.1.2.1.44.1.4.2.1.1.1 column
    MIP-MIB maAdvMaxRegLifetime 1.3.6.1.2.1.44.1.4.2.1.1.2 column seconds
    MIP-MIB maAdvPrefixLengthInclusion 1.3.6.1.2.1.44.1.4.2.1.1.3 column
    MIP-MIB maAdvAddress 1.3.6.1.2.1.44.1.4.2.1.1.4 column
    MIP-MIB maAdvMaxInterval 1.3.6.1.2.1.44.1.4.2.1.1.5 column seconds
    MIP-MIB maAdvMinInterval 1.3.6.1.2.1.44.1.4.2.1.1.6 column seconds
    MIP-MIB maAdvMaxAdvLifetime 1.3.6.1.2.1.44.1.4.2.1.1.7 column seconds
    MIP-MIB maAdvResponseSolicitationOnly 1.3.6.1.2.1.44.1.4.2.1.1.8 column
    MIP-MIB maAdvStatus 1.3.6.1.2.1.44.1.4.2.1.1.9 column
    MIP-MIB maAdvertisementsSent 1.3.6.1.2.1.44.1.4.2.2 scalar messages
    MIP-MIB maAdvsSentForSolicitation 1.3.6.1.2.1.44.1.4.2.3 scalar messages
    MIP-MIB maSolicitationsReceived 1.3.6.1.2.1.44.1.4.2.4 scalar messages
    MIP-MIB maAdvertConfTable 1.3.6.1.2.1.44.1.4.2.5 table
    MIP-MIB maAdvertConfEntry 1.3.6.1.2.1.44.1.4.2.5.1 row
    MIP-MIB maAdvertIfIndex 1.3.6.1.2.1.44.1.4.2.5.1.1 column
    MIP-MIB maAdvertMaxRegLifetime 1.3.6.1.2.1.44.1.4.2.5.1.2 column seconds
    MIP-MIB maAdvertPrefixLengthInclusion 1.3.6.1.2.1.44.1.4.2.5.1.3 column
    MIP-MIB maAdvertAddress 1.3.6.1.2.1.44.1.4.2.5.1.4 column
    MIP-MIB maAdvertMaxInterval 1.3.6.1.2.1.44.1.4.2.5.1.5 column seconds
    MIP-MIB maAdvertMinInterval 1.3.6.1.2.1.44.1.4.2.5.1.6 column seconds
    MIP-MIB maAdvertMaxAdvLifetime 1.3.6.1.2.1.44.1.4.2.5.1.7 column seconds
    MIP-MIB maAdvertResponseSolicitationOnly 1.3.6.1.2.1.44.1.4.2.5.1.8 column
    MIP-MIB maAdvertService 1.3.6.1.2.1.44.1.4.2.5.1.9 column
    MIP-MIB maAdvertNetworkNAI 1.3.6.1.2.1.44.1.4.2.5.1.10 column
    MIP-MIB maAdvertStatus 1.3.6.1.2.1.44.1.4.2.5.1.11 column
    MIP-MIB maAdvertStorageType 1.3.6.1.2.1.44.1.4.2.5.1.12 column
    MIP-MIB mipFA 1.3.6.1.2.1.44.1.5 node
    MIP-MIB faSystem 1.3.6.1.2.1.44.1.5.1 node
    MIP-MIB faCOATable 1.3.6.1.2.1.44.1.5.1.1 table
    MIP-MIB faCOAEntry 1.3.6.1.2.1.44.1.5.1.1.1 row
    MIP-MIB faSupportedCOA 1.3.6.1.2.1.44.1.5.1.1.1.1 column
    MIP-MIB faCOAStatus 1.3.6.1.2.1.44.1.5.1.1.1.2 column
    MIP-MIB faCOAStorageType 1.3.6.1.2.1.44.1.5.1.1.1.3 column
    MIP-MIB faAdvertisement 1.3.6.1.2.1.44.1.5.2 node
    MIP-MIB faIsBusy 1.3.6.1.2.1.44.1.5.2.1 scalar
    MIP-MIB faRegistrationRequired 1.3.6.1.2.1.44.1.5.2.2 scalar
    MIP-MIB faAdvertConfTable 1.3.6.1.2.1.44.1.5.2.3 table
    MIP-MIB faAdvertConfEntry 1.3.6.1.2.1.44.1.5.2.3.1 row
    MIP-MIB faAdvertIsBusy 1.3.6.1.2.1.44.1.5.2.3.1.1 column
    MIP-MIB faAdvertRegRequired 1.3.6.1.2.1.44.1.5.2.3.1.2 column
    MIP-MIB faAdvertChallengeWindow 1.3.6.1.2.1.44.1.5.2.3.1.3 column challenges
    MIP-MIB faRegistration 1.3.6.1.2.1.44.1.5.3 node
    MIP-MIB faVisitorTable 1.3.6.1.2.1.44.1.5.3.1 table
    MIP-MIB faVisitorEntry 1.3.6.1.2.1.44.1.5.3.1.1 row
    MIP-MIB faVisitorIPAddress 1.3.6.1.2.1.44.1.5.3.1.1.1 column
    MIP-MIB faVisitorHomeAddress 1.3.6.1.2.1.44.1.5.3.1.1.2 column
    MIP-MIB faVisitorHomeAgentAddress 1.3.6.1.2.1.44.1.5.3.1.1.3 column
    MIP-MIB faVisitorTimeGranted 1.3.6.1.2.1.44.1.5.3.1.1.4 column seconds
    MIP-MIB faVisitorTimeRemaining 1.3.6.1.2.1.44.1.5.3.1.1.5 column seconds
    MIP-MIB faVisitorRegFlags 1.3.6.1.2.1.44.1.5.3.1.1.6 column
    MIP-MIB faVisitorRegIDLow 1.3.6.1.2.1.44.1.5.3.1.1.7 column
    MIP-MIB faVisitorRegIDHigh 1.3.6.1.2.1.44.1.5.3.1.1.8 column
    MIP-MIB faVisitorRegIsAccepted 1.3.6.1.2.1.44.1.5.3.1.1.9 column
    MIP-MIB faRegRequestsReceived 1.3.6.1.2.1.44.1.5.3.2 scalar messages
    MIP-MIB faRegRequestsRelayed 1.3.6.1.2.1.44.1.5.3.3 scalar messages
    MIP-MIB faReasonUnspecified 1.3.6.1.2.1.44.1.5.3.4 scalar messages
    MIP-MIB faAdmProhibited 1.3.6.1.2.1.44.1.5.3.5 scalar messages
    MIP-MIB faInsufficientResource 1.3.6.1.2.1.44.1.5.3.6 scalar messages
    MIP-MIB faMNAuthenticationFailure 1.3.6.1.2.1.44.1.5.3.7 scalar messages
    MIP-MIB faRegLifetimeTooLong 1.3.6.1.2.1.44.1.5.3.8 scalar messages
    MIP-MIB faPoorlyFormedRequests 1.3.6.1.2.1.44.1.5.3.9 scalar messages
    MIP-MIB faEncapsulationUnavailable 1.3.6.1.2.1.44.1.5.3.10 scalar messages
    MIP-MIB faVJCompressionUnavailable 1.3.6.1.2.1.44.1.5.3.11 scalar messages
    MIP-MIB faHAUnreachable 1.3.6.1.2.1.44.1.5.3.12 scalar messages
    MIP-MIB faRegRepliesRecieved 1.3.6.1.2.1.44.1.5.3.13 scalar messages
    MIP-MIB faRegRepliesRelayed 1.3.6.1.2.1.44.1.5.3.14 scalar messages
    MIP-MIB faHAAuthenticationFailure 1.3.6.1.2.1.44.1.5.3.15 scalar messages
    MIP-MIB faPoorlyFormedReplies 1.3.6.1.2.1.44.1.5.3.16 scalar messages
    MIP-MIB faReverseTunnelUnavailable 1.3.6.1.2.1.44.1.5.3.17 scalar messages
    MIP-MIB faReverseTunnelBitNotSet 1.3.6.1.2.1.44.1.5.3.18 scalar messages
    MIP-MIB faMnTooDistant 1.3.6.1.2.1.44.1.5.3.19 scalar messages
    MIP-MIB faDeliveryStyleUnsupported 1.3.6.1.2.1.44.1.5.3.20 scalar messages
    MIP-MIB faNonZeroHomeAddressRequired 1.3.6.1.2.1.44.1.5.3.21 scalar messages
    MIP-MIB faUnknownChallenge 1.3.6.1.2.1.44.1.5.3.22 scalar messages
    MIP-MIB faMissingChallenge 1.3.6.1.2.1.44.1.5.3.23 scalar messages
    MIP-MIB faStaleChallenge 1.3.6.1.2.1.44.1.5.3.24 scalar messages
    MIP-MIB faCvsesFromMnUnsupported 1.3.6.1.2.1.44.1.5.3.25 scalar messages
    MIP-MIB faCvsesFromHaUnsupported 1.3.6.1.2.1.44.1.5.3.26 scalar messages
    MIP-MIB faNvsesFromMnIgnored 1.3.6.1.2.1.44.1.5.3.27 scalar extensions
    MIP-MIB faNvsesFromHaIgnored 1.3.6.1.2.1.44.1.5.3.28 scalar extensions
    MIP-MIB faRegVisitorCount 1.3.6.1.2.1.44.1.5.3.29 scalar visitors
    MIP-MIB faRegVisitorTable 1.3.6.1.2.1.44.1.5.3.30 table
    MIP-MIB faRegVisitorEntry 1.3.6.1.2.1.44.1.5.3.30.1 row
    MIP-MIB faRegVisitorIdType 1.3.6.1.2.1.44.1.5.3.30.1.1 column
    MIP-MIB faRegVisitorId 1.3.6.1.2.1.44.1.5.3.30.1.2 column
    MIP-MIB faRegVisitorHomeAddress 1.3.6.1.2.1.44.1.5.3.30.1.3 column
    MIP-MIB faRegVisitorHomeAgentAddress 1.3.6.1.2.1.44.1.5.3.30.1.4 column
    MIP-MIB faRegVisitorTimeGranted 1.3.6.1.2.1.44.1.5.3.30.1.5 column seconds
    MIP-MIB faRegVisitorTimeRemaining 1.3.6.1.2.1.44.1.5.3.30.1.6 column seconds
    MIP-MIB faRegVisitorRegFlags 1.3.6.1.2.1.44.1.5.3.30.1.7 column
    MIP-MIB faRegVisitorRegIDLow 1.3.6.1.2.1.44.1.5.3.30.1.8 column
    MIP-MIB faRegVisitorRegIDHigh 1.3.6.1.2.1.44.1.5.3.30.1.9 column
    MIP-MIB faRegVisitorRegIsAccepted 1.3.6.1.2.1.44.1.5.3.30.1.10 column
    MIP-MIB faRegVisitorDeliveryStyle 1.3.6.1.2.1.44.1.5.3.30.1.11 column
    MIP-MIB faRegVisitorNAI 1.3.6.1.2.1.44.1.5.3.30.1.12 column
    MIP-MIB faRegVisitorInPkts 1.3.6.1.2.1.44.1.5.3.30.1.13 column packets
    MIP-MIB faRegVisitorInOctets 1.3.6.1.2.1.44.1.5.3.30.1.14 column octets
    MIP-MIB faRegVisitorOutPkts 1.3.6.1.2.1.44.1.5.3.30.1.15 column packets
    MIP-MIB faRegVisitorOutOctets 1.3.6.1.2.1.44.1.5.3.30.1.16 column octets
    MIP-MIB mipHA 1.3.6.1.2.1.44.1.6 node
    MIP-MIB haRegistration 1.3.6.1.2.1.44.1.6.3 node
    MIP-MIB haMobilityBindingTable 1.3.6.1.2.1.44.1.6.3.1 table
    MIP-MIB haMobilityBindingEntry 1.3.6.1.2.1.44.1.6.3.1.1 row
    MIP-MIB haMobilityBindingMN 1.3.6.1.2.1.44.1.6.3.1.1.1 column
    MIP-MIB haMobilityBindingCOA 1.3.6.1.2.1.44.1.6.3.1.1.2 column
    MIP-MIB haMobilityBindingSourceAddress 1.3.6.1.2.1.44.1.6.3.1.1.3 column
    MIP-MIB haMobilityBindingRegFlags 1.3.6.1.2.1.44.1.6.3.1.1.4 column
    MIP-MIB haMobilityBindingRegIDLow 1.3.6.1.2.1.44.1.6.3.1.1.5 column
    MIP-MIB haMobilityBindingRegIDHigh 1.3.6.1.2.1.44.1.6.3.1.1.6 column
    MIP-MIB haMobilityBindingTimeGranted 1.3.6.1.2.1.44.1.6.3.1.1.7 column seconds
    MIP-MIB haMobilityBindingTimeRemaining 1.3.6.1.2.1.44.1.6.3.1.1.8 column seconds
    MIP-MIB haMobilityBindingMnIdType 1.3.6.1.2.1.44.1.6.3.1.1.9 column
    MIP-MIB haMobilityBindingMnId 1.3.6.1.2.1.44.1.6.3.1.1.10 column
    MIP-MIB haMobilityBindingHA 1.3.6.1.2.1.44.1.6.3.1.1.11 column
    MIP-MIB haMobilityBindingNAI 1.3.6.1.2.1.44.1.6.3.1.1.12 column
    MIP-MIB haMobilityBindingInPkts 1.3.6.1.2.1.44.1.6.3.1.1.13 column packets
    MIP-MIB haMobilityBindingInOctets 1.3.6.1.2.1.44.1.6.3.1.1.14 column octets
    MIP-MIB haMobilityBindingOutPkts 1.3.6.1.2.1.44.1.6.3.1.1.15 column packets
    MIP-MIB haMobilityBindingOutOctets 1.3.6.1.2.1.44.1.6.3.1.1.16 column octets
    MIP-MIB haCounterTable 1.3.6.1.2.1.44.1.6.3.2 table
    MIP-MIB haCounterEntry 1.3.6.1.2.1.44.1.6.3.2.1 row
    MIP-MIB haServiceRequestsAccepted 1.3.6.1.2.1.44.1.6.3.2.1.2 column messages
    MIP-MIB haServiceRequestsDenied 1.3.6.1.2.1.44.1.6.3.2.1.3 column messages
    MIP-MIB haOverallServiceTime 1.3.6.1.2.1.44.1.6.3.2.1.4 column seconds
    MIP-MIB haRecentServiceAcceptedTime 1.3.6.1.2.1.44.1.6.3.2.1.5 column
    MIP-MIB haRecentServiceDeniedTime 1.3.6.1.2.1.44.1.6.3.2.1.6 column
    MIP-MIB haRecentServiceDeniedCode 1.3.6.1.2.1.44.1.6.3.2.1.7 column
    MIP-MIB haRegistrationAccepted 1.3.6.1.2.1.44.1.6.3.3 scalar messages
    MIP-MIB haMultiBindingUnsupported 1.3.6.1.2.1.44.1.6.3.4 scalar messages
    MIP-MIB haReasonUnspecified 1.3.6.1.2.1.44.1.6.3.5 scalar messages
    MIP-MIB haAdmProhibited 1.3.6.1.2.1.44.1.6.3.6 scalar messages
    MIP-MIB haInsufficientResource 1.3.6.1.2.1.44.1.6.3.7 scalar messages
    MIP-MIB haMNAuthenticationFailure 1.3.6.1.2.1.44.1.6.3.8 scalar messages
    MIP-MIB haFAAuthenticationFailure 1.3.6.1.2.1.44.1.6.3.9 scalar messages
    MIP-MIB haIDMismatch 1.3.6.1.2.1.44.1.6.3.10 scalar messages
    MIP-MIB haPoorlyFormedRequest 1.3.6.1.2.1.44.1.6.3.11 scalar messages
    MIP-MIB haTooManyBindings 1.3.6.1.2.1.44.1.6.3.12 scalar messages
    MIP-MIB haUnknownHA 1.3.6.1.2.1.44.1.6.3.13 scalar messages
    MIP-MIB haGratuitiousARPsSent 1.3.6.1.2.1.44.1.6.3.14 scalar messages
    MIP-MIB haProxyARPsSent 1.3.6.1.2.1.44.1.6.3.15 scalar messages
    MIP-MIB haRegRequestsReceived 1.3.6.1.2.1.44.1.6.3.16 scalar messages
    MIP-MIB haDeRegRequestsReceived 1.3.6.1.2.1.44.1.6.3.17 scalar messages
    MIP-MIB haRegRepliesSent 1.3.6.1.2.1.44.1.6.3.18 scalar messages
    MIP-MIB haDeRegRepliesSent 1.3.6.1.2.1.44.1.6.3.19 scalar messages
    MIP-MIB haReverseTunnelUnavailable 1.3.6.1.2.1.44.1.6.3.20 scalar messages
    MIP-MIB haReverseTunnelBitNotSet 1.3.6.1.2.1.44.1.6.3.21 scalar messages
    MIP-MIB haEncapsulationUnavailable 1.3.6.1.2.1.44.1.6.3.22 scalar messages
    MIP-MIB haCvsesFromMnUnsupported 1.3.6.1.2.1.44.1.6.3.23 scalar messages
    MIP-MIB haCvsesFromFaUnsupported 1.3.6.1.2.1.44.1.6.3.24 scalar messages
    MIP-MIB haNvsesFromMnIgnored 1.3.6.1.2.1.44.1.6.3.25 scalar extensions
    MIP-MIB haNvsesFromFaIgnored 1.3.6.1.2.1.44.1.6.3.26 scalar extensions
    MIP-MIB haRegMobilityBindingCount 1.3.6.1.2.1.44.1.6.3.27 scalar bindings
    MIP-MIB haRegCounterTable 1.3.6.1.2.1.44.1.6.3.28 table
    MIP-MIB haRegCounterEntry 1.3.6.1.2.1.44.1.6.3.28.1 row
    MIP-MIB haRegServiceRequestsAccepted 1.3.6.1.2.1.44.1.6.3.28.1.1 column messages
    MIP-MIB haRegServiceRequestsDenied 1.3.6.1.2.1.44.1.6.3.28.1.2 column messages
    MIP-MIB haRegOverallServiceTime 1.3.6.1.2.1.44.1.6.3.28.1.3 column seconds
    MIP-MIB haRegRecentServiceAcceptedTime 1.3.6.1.2.1.44.1.6.3.28.1.4 column
    MIP-MIB haRegRecentServiceDeniedTime 1.3.6.1.2.1.44.1.6.3.28.1.5 column
    MIP-MIB haRegRecentServiceDeniedCode 1.3.6.1.2.1.44.1.6.3.28.1.6 column
    MIP-MIB mipMIBNotificationPrefix 1.3.6.1.2.1.44.2 node
    MIP-MIB mipMIBNotifications 1.3.6.1.2.1.44.2.0 node
    MIP-MIB mipAuthFailure 1.3.6.1.2.1.44.2.0.1 notification
    MIP-MIB mipAuthFailure2 1.3.6.1.2.1.44.2.0.2 notification
    MIP-MIB mipMIBConformance 1.3.6.1.2.1.44.3 node
    MIP-MIB mipGroups 1.3.6.1.2.1.44.3.1 node
    MIP-MIB mipSystemGroup 1.3.6.1.2.1.44.3.1.1 group
    MIP-MIB mipSecAssociationGroup 1.3.6.1.2.1.44.3.1.2 group
    MIP-MIB mipSecViolationGroup 1.3.6.1.2.1.44.3.1.3 group
    MIP-MIB mnSystemGroup 1.3.6.1.2.1.44.3.1.4 group
    MIP-MIB mnDiscoveryGroup 1.3.6.1.2.1.44.3.1.5 group
    MIP-MIB mnRegistrationGroup 1.3.6.1.2.1.44.3.1.6 group
    MIP-MIB maAdvertisementGroup 1.3.6.1.2.1.44.3.1.7 group
    MIP-MIB faSystemGroup 1.3.6.1.2.1.44.3.1.8 group
    MIP-MIB faAdvertisementGroup 1.3.6.1.2.1.44.3.1.9 group
    MIP-MIB faRegistrationGroup 1.3.6.1.2.1.44.3.1.10 group
    MIP-MIB haRegistrationGroup 1.3.6.1.2.1.44.3.1.11 group
    MIP-MIB haRegNodeCountersGroup 1.3.6.1.2.1.44.3.1.12 group
    MIP-MIB mipSecNotificationsGroup 1.3.6.1.2.1.44.3.1.13 group
    MIP-MIB mipSecAssociationGroup2 1.3.6.1.2.1.44.3.1.14 group
    MIP-MIB mipSecViolationGroup2 1.3.6.1.2.1.44.3.1.15 group
    MIP-MIB mnSystemGroup2 1.3.6.1.2.1.44.3.1.16 group
    MIP-MIB mnRegistrationGroup2 1.3.6.1.2.1.44.3.1.17 group
    MIP-MIB maAdvertisementGroup2 1.3.6.1.2.1.44.3.1.18 group
    MIP-MIB maAdvertisementNAIGroup 1.3.6.1.2.1.44.3.1.19 group
    MIP-MIB faAdvertisementGroup2 1.3.6.1.2.1.44.3.1.20 group
    MIP-MIB faRegistrationGroup2 1.3.6.1.2.1.44.3.1.21 group
    MIP-MIB haRegistrationGroup2 1.3.6.1.2.1.44.3.1.22 group
    MIP-MIB haRegNodeCountersGroup2 1.3.6.1.2.1.44.3.1.23 group
    MIP-MIB mipSecNotificationsGroup2 1.3.6.1.2.1.44.3.1.24 group
    MIP-MIB mipSecViolatorGroup 1.3.6.1.2.1.44.3.1.40 group
    MIP-MIB faCOAStorageGroup 1.3.6.1.2.1.44.3.1.41 group
    MIP-MIB mipCompliances 1.3.6.1.2.1.44.3.2 node
    MIP-MIB mipCompliance 1.3.6.1.2.1.44.3.2.1 compliance
    MIP-MIB mipCompliance2 1.3.6.1.2.1.44.3.2.2 compliance
    MIP-MIB mipReadOnlyCompliance 1.3.6.1.2.1.44.3.2.10 compliance
    MIPV4-EXT-MIB mipExtRoot 1.3.6.1.4.1.8072.9999.9999 node
    MIPV4-EXT-MIB mipExtMIB 1.3.6.1.4.1.8072.9999.9999.44 node
    MIPV4-EXT-MIB mipExtNotifications 1.3.6.1.4.1.8072.9999.9999.44.0 node
    MIPV4-EXT-MIB mipExtRegistered 1.3.6.1.4.1.8072.9999.9999.44.0.1 notification
    MIPV4-EXT-MIB mipExtCareOfAddressChanged 1.3.6.1.4.1.8072.9999.9999.44.0.2 notification
    MIPV4-EXT-MIB mipExtDeregistered 1.3.6.1.4.1.8072.9999.9999.44.0.3 notification
    MIPV4-EXT-MIB mipExtExpired 1.3.6.1.4.1.8072.9999.9999.44.0.4 notification
    MIPV4-EXT-MIB mipExtRevoked 1.3.6.1.4.1.8072.9999.9999.44.0.5 notification
    MIPV4-EXT-MIB mipExtRegistrationDenied 1.3.6.1.4.1.8072.9999.9999.44.0.6 notification
    MIPV4-EXT-MIB mipExtCapacityRisingAlarm 1.3.6.1.4.1.8072.9999.9999.44.0.7 notification
    MIPV4-EXT-MIB mipExtCapacityFallingAlarm 1.3.6.1.4.1.8072.9999.9999.44.0.8 notification
    MIPV4-EXT-MIB mipExtAgentUnreachable 1.3.6.1.4.1.8072.9999.9999.44.0.9 notification
    MIPV4-EXT-MIB mipExtAgentReachable 1.3.6.1.4.1.8072.9999.9999.44.0.10 notification
    MIPV4-EXT-MIB mipExtObjects 1.3.6.1.4.1.8072.9999.9999.44.1 node
    MIPV4-EXT-MIB mipExtAgent 1.3.6.1.4.1.8072.9999.9999.44.1.1 node
    MIPV4-EXT-MIB mipExtAgentName 1.3.6.1.4.1.8072.9999.9999.44.1.1.1 scalar
    MIPV4-EXT-MIB mipExtAgentVersion 1.3.6.1.4.1.8072.9999.9999.44.1.1.2 scalar
    MIPV4-EXT-MIB mipExtAgentInstance 1.3.6.1.4.1.8072.9999.9999.44.1.1.3 scalar
    MIPV4-EXT-MIB mipExtAgentProcessID 1.3.6.1.4.1.8072.9999.9999.44.1.1.4 scalar
    MIPV4-EXT-MIB mipExtAgentStartTime 1.3.6.1.4.1.8072.9999.9999.44.1.1.5 scalar
    MIPV4-EXT-MIB mipExtAgentTime 1.3.6.1.4.1.8072.9999.9999.44.1.1.6 scalar
    MIPV4-EXT-MIB mipExtAgentDataPlane 1.3.6.1.4.1.8072.9999.9999.44.1.1.7 scalar
    MIPV4-EXT-MIB mipExtSourceStatus 1.3.6.1.4.1.8072.9999.9999.44.1.1.8 scalar
    MIPV4-EXT-MIB mipExtSourceAge 1.3.6.1.4.1.8072.9999.9999.44.1.1.9 scalar milliseconds
    MIPV4-EXT-MIB mipExtSourceLastError 1.3.6.1.4.1.8072.9999.9999.44.1.1.10 scalar
    MIPV4-EXT-MIB mipExtSourceConnections 1.3.6.1.4.1.8072.9999.9999.44.1.1.11 scalar connections
    MIPV4-EXT-MIB mipExtSourceRestarts 1.3.6.1.4.1.8072.9999.9999.44.1.1.12 scalar restarts
    MIPV4-EXT-MIB mipExtCounterDiscontinuity 1.3.6.1.4.1.8072.9999.9999.44.1.1.13 scalar
    MIPV4-EXT-MIB mipExtAddressTable 1.3.6.1.4.1.8072.9999.9999.44.1.1.14 table
    MIPV4-EXT-MIB mipExtAddressEntry 1.3.6.1.4.1.8072.9999.9999.44.1.1.14.1 row
    MIPV4-EXT-MIB mipExtAddressRole 1.3.6.1.4.1.8072.9999.9999.44.1.1.14.1.1 column
    MIPV4-EXT-MIB mipExtAddressValue 1.3.6.1.4.1.8072.9999.9999.44.1.1.14.1.2 column
    MIPV4-EXT-MIB mipExtAddressPort 1.3.6.1.4.1.8072.9999.9999.44.1.1.14.1.3 column
    MIPV4-EXT-MIB mipExtCapacity 1.3.6.1.4.1.8072.9999.9999.44.1.2 node
    MIPV4-EXT-MIB mipExtCapacityTable 1.3.6.1.4.1.8072.9999.9999.44.1.2.1 table
    MIPV4-EXT-MIB mipExtCapacityEntry 1.3.6.1.4.1.8072.9999.9999.44.1.2.1.1 row
    MIPV4-EXT-MIB mipExtCapacityResource 1.3.6.1.4.1.8072.9999.9999.44.1.2.1.1.1 column
    MIPV4-EXT-MIB mipExtCapacityInUse 1.3.6.1.4.1.8072.9999.9999.44.1.2.1.1.2 column
    MIPV4-EXT-MIB mipExtCapacityHighWater 1.3.6.1.4.1.8072.9999.9999.44.1.2.1.1.3 column
    MIPV4-EXT-MIB mipExtCapacityHighWaterTime 1.3.6.1.4.1.8072.9999.9999.44.1.2.1.1.4 column
    MIPV4-EXT-MIB mipExtCapacityMaximum 1.3.6.1.4.1.8072.9999.9999.44.1.2.1.1.5 column
    MIPV4-EXT-MIB mipExtCapacityRising 1.3.6.1.4.1.8072.9999.9999.44.1.2.1.1.6 column percent
    MIPV4-EXT-MIB mipExtCapacityFalling 1.3.6.1.4.1.8072.9999.9999.44.1.2.1.1.7 column percent
    MIPV4-EXT-MIB mipExtCapacityAlarm 1.3.6.1.4.1.8072.9999.9999.44.1.2.1.1.8 column
    MIPV4-EXT-MIB mipExtRegistration 1.3.6.1.4.1.8072.9999.9999.44.1.3 node
    MIPV4-EXT-MIB mipExtDatagramsReceived 1.3.6.1.4.1.8072.9999.9999.44.1.3.1 scalar datagrams
    MIPV4-EXT-MIB mipExtEventsSuppressed 1.3.6.1.4.1.8072.9999.9999.44.1.3.2 scalar events
    MIPV4-EXT-MIB mipExtReplyTable 1.3.6.1.4.1.8072.9999.9999.44.1.3.3 table
    MIPV4-EXT-MIB mipExtReplyEntry 1.3.6.1.4.1.8072.9999.9999.44.1.3.3.1 row
    MIPV4-EXT-MIB mipExtReplyRole 1.3.6.1.4.1.8072.9999.9999.44.1.3.3.1.1 column
    MIPV4-EXT-MIB mipExtReplyDirection 1.3.6.1.4.1.8072.9999.9999.44.1.3.3.1.2 column
    MIPV4-EXT-MIB mipExtReplyCode 1.3.6.1.4.1.8072.9999.9999.44.1.3.3.1.3 column
    MIPV4-EXT-MIB mipExtReplyCount 1.3.6.1.4.1.8072.9999.9999.44.1.3.3.1.4 column messages
    MIPV4-EXT-MIB mipExtReplyMeaning 1.3.6.1.4.1.8072.9999.9999.44.1.3.3.1.5 column
    MIPV4-EXT-MIB mipExtOutcomeTable 1.3.6.1.4.1.8072.9999.9999.44.1.3.4 table
    MIPV4-EXT-MIB mipExtOutcomeEntry 1.3.6.1.4.1.8072.9999.9999.44.1.3.4.1 row
    MIPV4-EXT-MIB mipExtOutcomeRole 1.3.6.1.4.1.8072.9999.9999.44.1.3.4.1.1 column
    MIPV4-EXT-MIB mipExtOutcomeKind 1.3.6.1.4.1.8072.9999.9999.44.1.3.4.1.2 column
    MIPV4-EXT-MIB mipExtOutcomeReceived 1.3.6.1.4.1.8072.9999.9999.44.1.3.4.1.3 column messages
    MIPV4-EXT-MIB mipExtOutcomeAccepted 1.3.6.1.4.1.8072.9999.9999.44.1.3.4.1.4 column messages
    MIPV4-EXT-MIB mipExtOutcomeDenied 1.3.6.1.4.1.8072.9999.9999.44.1.3.4.1.5 column messages
    MIPV4-EXT-MIB mipExtOutcomeDiscarded 1.3.6.1.4.1.8072.9999.9999.44.1.3.4.1.6 column messages
    MIPV4-EXT-MIB mipExtDiscardTable 1.3.6.1.4.1.8072.9999.9999.44.1.3.5 table
    MIPV4-EXT-MIB mipExtDiscardEntry 1.3.6.1.4.1.8072.9999.9999.44.1.3.5.1 row
    MIPV4-EXT-MIB mipExtDiscardRole 1.3.6.1.4.1.8072.9999.9999.44.1.3.5.1.1 column
    MIPV4-EXT-MIB mipExtDiscardReason 1.3.6.1.4.1.8072.9999.9999.44.1.3.5.1.2 column
    MIPV4-EXT-MIB mipExtDiscardCount 1.3.6.1.4.1.8072.9999.9999.44.1.3.5.1.3 column datagrams
    MIPV4-EXT-MIB mipExtEndTable 1.3.6.1.4.1.8072.9999.9999.44.1.3.6 table
    MIPV4-EXT-MIB mipExtEndEntry 1.3.6.1.4.1.8072.9999.9999.44.1.3.6.1 row
    MIPV4-EXT-MIB mipExtEndRole 1.3.6.1.4.1.8072.9999.9999.44.1.3.6.1.1 column
    MIPV4-EXT-MIB mipExtEndReason 1.3.6.1.4.1.8072.9999.9999.44.1.3.6.1.2 column
    MIPV4-EXT-MIB mipExtEndCount 1.3.6.1.4.1.8072.9999.9999.44.1.3.6.1.3 column endings
    MIPV4-EXT-MIB mipExtHistorySize 1.3.6.1.4.1.8072.9999.9999.44.1.3.7 scalar rows
    MIPV4-EXT-MIB mipExtHistoryLimit 1.3.6.1.4.1.8072.9999.9999.44.1.3.8 scalar rows
    MIPV4-EXT-MIB mipExtHistoryTable 1.3.6.1.4.1.8072.9999.9999.44.1.3.9 table
    MIPV4-EXT-MIB mipExtHistoryEntry 1.3.6.1.4.1.8072.9999.9999.44.1.3.9.1 row
    MIPV4-EXT-MIB mipExtHistoryHomeAddress 1.3.6.1.4.1.8072.9999.9999.44.1.3.9.1.1 column
    MIPV4-EXT-MIB mipExtHistoryIndex 1.3.6.1.4.1.8072.9999.9999.44.1.3.9.1.2 column
    MIPV4-EXT-MIB mipExtHistoryRole 1.3.6.1.4.1.8072.9999.9999.44.1.3.9.1.3 column
    MIPV4-EXT-MIB mipExtHistoryCareOfAddress 1.3.6.1.4.1.8072.9999.9999.44.1.3.9.1.4 column
    MIPV4-EXT-MIB mipExtHistoryHomeAgent 1.3.6.1.4.1.8072.9999.9999.44.1.3.9.1.5 column
    MIPV4-EXT-MIB mipExtHistoryNAI 1.3.6.1.4.1.8072.9999.9999.44.1.3.9.1.6 column
    MIPV4-EXT-MIB mipExtHistoryCreated 1.3.6.1.4.1.8072.9999.9999.44.1.3.9.1.7 column
    MIPV4-EXT-MIB mipExtHistoryEnded 1.3.6.1.4.1.8072.9999.9999.44.1.3.9.1.8 column
    MIPV4-EXT-MIB mipExtHistoryEndReason 1.3.6.1.4.1.8072.9999.9999.44.1.3.9.1.9 column
    MIPV4-EXT-MIB mipExtHistoryRenewals 1.3.6.1.4.1.8072.9999.9999.44.1.3.9.1.10 column renewals
    MIPV4-EXT-MIB mipExtHistoryPacketsToNode 1.3.6.1.4.1.8072.9999.9999.44.1.3.9.1.11 column packets
    MIPV4-EXT-MIB mipExtHistoryOctetsToNode 1.3.6.1.4.1.8072.9999.9999.44.1.3.9.1.12 column octets
    MIPV4-EXT-MIB mipExtHistoryPacketsFromNode 1.3.6.1.4.1.8072.9999.9999.44.1.3.9.1.13 column packets
    MIPV4-EXT-MIB mipExtHistoryOctetsFromNode 1.3.6.1.4.1.8072.9999.9999.44.1.3.9.1.14 column octets
    MIPV4-EXT-MIB mipExtHomeAgent 1.3.6.1.4.1.8072.9999.9999.44.1.4 node
    MIPV4-EXT-MIB mipExtBindingTable 1.3.6.1.4.1.8072.9999.9999.44.1.4.1 table
    MIPV4-EXT-MIB mipExtBindingEntry 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1 row
    MIPV4-EXT-MIB mipExtBindingCreated 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.1 column
    MIPV4-EXT-MIB mipExtBindingRenewed 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.2 column
    MIPV4-EXT-MIB mipExtBindingRenewals 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.3 column renewals
    MIPV4-EXT-MIB mipExtBindingHandoffs 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.4 column moves
    MIPV4-EXT-MIB mipExtBindingEncapsulation 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.5 column
    MIPV4-EXT-MIB mipExtBindingReverseTunnel 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.6 column
    MIPV4-EXT-MIB mipExtBindingTunnelLocal 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.7 column
    MIPV4-EXT-MIB mipExtBindingSourcePort 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.8 column
    MIPV4-EXT-MIB mipExtBindingSPI 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.9 column
    MIPV4-EXT-MIB mipExtBindingIDHigh 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.10 column
    MIPV4-EXT-MIB mipExtBindingIDLow 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.11 column
    MIPV4-EXT-MIB mipExtBindingPacketsToNode 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.12 column packets
    MIPV4-EXT-MIB mipExtBindingOctetsToNode 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.13 column octets
    MIPV4-EXT-MIB mipExtBindingPacketsFromNode 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.14 column packets
    MIPV4-EXT-MIB mipExtBindingOctetsFromNode 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.15 column octets
    MIPV4-EXT-MIB mipExtBindingDiscontinuity 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.16 column
    MIPV4-EXT-MIB mipExtBindingAdminStatus 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.17 column
    MIPV4-EXT-MIB mipExtNodeTable 1.3.6.1.4.1.8072.9999.9999.44.1.4.2 table
    MIPV4-EXT-MIB mipExtNodeEntry 1.3.6.1.4.1.8072.9999.9999.44.1.4.2.1 row
    MIPV4-EXT-MIB mipExtNodeRequestsReceived 1.3.6.1.4.1.8072.9999.9999.44.1.4.2.1.1 column messages
    MIPV4-EXT-MIB mipExtNodeServingSince 1.3.6.1.4.1.8072.9999.9999.44.1.4.2.1.2 column
    MIPV4-EXT-MIB mipExtHaHandoffs 1.3.6.1.4.1.8072.9999.9999.44.1.4.3 scalar moves
    MIPV4-EXT-MIB mipExtHaDuplicateRequests 1.3.6.1.4.1.8072.9999.9999.44.1.4.4 scalar messages
    MIPV4-EXT-MIB mipExtHaExtensionsSkipped 1.3.6.1.4.1.8072.9999.9999.44.1.4.5 scalar extensions
    MIPV4-EXT-MIB mipExtHaReverseTunnelsGranted 1.3.6.1.4.1.8072.9999.9999.44.1.4.6 scalar messages
    MIPV4-EXT-MIB mipExtHaBindingsExpired 1.3.6.1.4.1.8072.9999.9999.44.1.4.7 scalar bindings
    MIPV4-EXT-MIB mipExtForeignAgent 1.3.6.1.4.1.8072.9999.9999.44.1.5 node
    MIPV4-EXT-MIB mipExtVisitorTable 1.3.6.1.4.1.8072.9999.9999.44.1.5.1 table
    MIPV4-EXT-MIB mipExtVisitorEntry 1.3.6.1.4.1.8072.9999.9999.44.1.5.1.1 row
    MIPV4-EXT-MIB mipExtVisitorCreated 1.3.6.1.4.1.8072.9999.9999.44.1.5.1.1.1 column
    MIPV4-EXT-MIB mipExtVisitorState 1.3.6.1.4.1.8072.9999.9999.44.1.5.1.1.2 column
    MIPV4-EXT-MIB mipExtVisitorLifetimeRequested 1.3.6.1.4.1.8072.9999.9999.44.1.5.1.1.3 column seconds
    MIPV4-EXT-MIB mipExtVisitorSourceAddress 1.3.6.1.4.1.8072.9999.9999.44.1.5.1.1.4 column
    MIPV4-EXT-MIB mipExtVisitorSourcePort 1.3.6.1.4.1.8072.9999.9999.44.1.5.1.1.5 column
    MIPV4-EXT-MIB mipExtVisitorCareOfAddress 1.3.6.1.4.1.8072.9999.9999.44.1.5.1.1.6 column
    MIPV4-EXT-MIB mipExtVisitorReverseTunnel 1.3.6.1.4.1.8072.9999.9999.44.1.5.1.1.7 column
    MIPV4-EXT-MIB mipExtVisitorPacketsToNode 1.3.6.1.4.1.8072.9999.9999.44.1.5.1.1.8 column packets
    MIPV4-EXT-MIB mipExtVisitorOctetsToNode 1.3.6.1.4.1.8072.9999.9999.44.1.5.1.1.9 column octets
    MIPV4-EXT-MIB mipExtVisitorPacketsFromNode 1.3.6.1.4.1.8072.9999.9999.44.1.5.1.1.10 column packets
    MIPV4-EXT-MIB mipExtVisitorOctetsFromNode 1.3.6.1.4.1.8072.9999.9999.44.1.5.1.1.11 column octets
    MIPV4-EXT-MIB mipExtVisitorDiscontinuity 1.3.6.1.4.1.8072.9999.9999.44.1.5.1.1.12 column
    MIPV4-EXT-MIB mipExtPendingTable 1.3.6.1.4.1.8072.9999.9999.44.1.5.2 table
    MIPV4-EXT-MIB mipExtPendingEntry 1.3.6.1.4.1.8072.9999.9999.44.1.5.2.1 row
    MIPV4-EXT-MIB mipExtPendingIdType 1.3.6.1.4.1.8072.9999.9999.44.1.5.2.1.1 column
    MIPV4-EXT-MIB mipExtPendingId 1.3.6.1.4.1.8072.9999.9999.44.1.5.2.1.2 column
    MIPV4-EXT-MIB mipExtPendingHomeAddress 1.3.6.1.4.1.8072.9999.9999.44.1.5.2.1.3 column
    MIPV4-EXT-MIB mipExtPendingHomeAgent 1.3.6.1.4.1.8072.9999.9999.44.1.5.2.1.4 column
    MIPV4-EXT-MIB mipExtPendingKind 1.3.6.1.4.1.8072.9999.9999.44.1.5.2.1.5 column
    MIPV4-EXT-MIB mipExtPendingSent 1.3.6.1.4.1.8072.9999.9999.44.1.5.2.1.6 column
    MIPV4-EXT-MIB mipExtPendingRetransmissions 1.3.6.1.4.1.8072.9999.9999.44.1.5.2.1.7 column messages
    MIPV4-EXT-MIB mipExtPendingTimeRemaining 1.3.6.1.4.1.8072.9999.9999.44.1.5.2.1.8 column milliseconds
    MIPV4-EXT-MIB mipExtFaDuplicateRequests 1.3.6.1.4.1.8072.9999.9999.44.1.5.3 scalar messages
    MIPV4-EXT-MIB mipExtFaExtensionsSkipped 1.3.6.1.4.1.8072.9999.9999.44.1.5.4 scalar extensions
    MIPV4-EXT-MIB mipExtFaReverseTunnelsGranted 1.3.6.1.4.1.8072.9999.9999.44.1.5.5 scalar messages
    MIPV4-EXT-MIB mipExtFaEncapsulatingDeliveries 1.3.6.1.4.1.8072.9999.9999.44.1.5.6 scalar messages
    MIPV4-EXT-MIB mipExtFaChallengesAdvertised 1.3.6.1.4.1.8072.9999.9999.44.1.5.7 scalar challenges
    MIPV4-EXT-MIB mipExtFaChallengesInReplies 1.3.6.1.4.1.8072.9999.9999.44.1.5.8 scalar challenges
    MIPV4-EXT-MIB mipExtFaChallengesAccepted 1.3.6.1.4.1.8072.9999.9999.44.1.5.9 scalar messages
    MIPV4-EXT-MIB mipExtFaPendingTimeouts 1.3.6.1.4.1.8072.9999.9999.44.1.5.10 scalar messages
    MIPV4-EXT-MIB mipExtFaVisitorsExpired 1.3.6.1.4.1.8072.9999.9999.44.1.5.11 scalar visits
    MIPV4-EXT-MIB mipExtMobileNode 1.3.6.1.4.1.8072.9999.9999.44.1.6 node
    MIPV4-EXT-MIB mipExtHeardTable 1.3.6.1.4.1.8072.9999.9999.44.1.6.1 table
    MIPV4-EXT-MIB mipExtHeardEntry 1.3.6.1.4.1.8072.9999.9999.44.1.6.1.1 row
    MIPV4-EXT-MIB mipExtHeardFlags 1.3.6.1.4.1.8072.9999.9999.44.1.6.1.1.1 column
    MIPV4-EXT-MIB mipExtHeardSequence 1.3.6.1.4.1.8072.9999.9999.44.1.6.1.1.2 column
    MIPV4-EXT-MIB mipExtHeardLifetime 1.3.6.1.4.1.8072.9999.9999.44.1.6.1.1.3 column seconds
    MIPV4-EXT-MIB mipExtHeardTime 1.3.6.1.4.1.8072.9999.9999.44.1.6.1.1.4 column
    MIPV4-EXT-MIB mipExtHeardExpires 1.3.6.1.4.1.8072.9999.9999.44.1.6.1.1.5 column
    MIPV4-EXT-MIB mipExtMnChallengesAnswered 1.3.6.1.4.1.8072.9999.9999.44.1.6.2 scalar messages
    MIPV4-EXT-MIB mipExtMnRepliesDroppedCvse 1.3.6.1.4.1.8072.9999.9999.44.1.6.3 scalar messages
    MIPV4-EXT-MIB mipExtMnNvsesIgnored 1.3.6.1.4.1.8072.9999.9999.44.1.6.4 scalar extensions
    MIPV4-EXT-MIB mipExtMnPacketsToNode 1.3.6.1.4.1.8072.9999.9999.44.1.6.5 scalar packets
    MIPV4-EXT-MIB mipExtMnOctetsToNode 1.3.6.1.4.1.8072.9999.9999.44.1.6.6 scalar octets
    MIPV4-EXT-MIB mipExtMnPacketsFromNode 1.3.6.1.4.1.8072.9999.9999.44.1.6.7 scalar packets
    MIPV4-EXT-MIB mipExtMnOctetsFromNode 1.3.6.1.4.1.8072.9999.9999.44.1.6.8 scalar octets
    MIPV4-EXT-MIB mipExtForwarding 1.3.6.1.4.1.8072.9999.9999.44.1.7 node
    MIPV4-EXT-MIB mipExtTunnelTable 1.3.6.1.4.1.8072.9999.9999.44.1.7.1 table
    MIPV4-EXT-MIB mipExtTunnelEntry 1.3.6.1.4.1.8072.9999.9999.44.1.7.1.1 row
    MIPV4-EXT-MIB mipExtTunnelLocal 1.3.6.1.4.1.8072.9999.9999.44.1.7.1.1.1 column
    MIPV4-EXT-MIB mipExtTunnelRemote 1.3.6.1.4.1.8072.9999.9999.44.1.7.1.1.2 column
    MIPV4-EXT-MIB mipExtTunnelEncapsulation 1.3.6.1.4.1.8072.9999.9999.44.1.7.1.1.3 column
    MIPV4-EXT-MIB mipExtTunnelUsers 1.3.6.1.4.1.8072.9999.9999.44.1.7.1.1.4 column users
    MIPV4-EXT-MIB mipExtTunnelPacketsSent 1.3.6.1.4.1.8072.9999.9999.44.1.7.1.1.5 column packets
    MIPV4-EXT-MIB mipExtTunnelOctetsSent 1.3.6.1.4.1.8072.9999.9999.44.1.7.1.1.6 column octets
    MIPV4-EXT-MIB mipExtTunnelPacketsReceived 1.3.6.1.4.1.8072.9999.9999.44.1.7.1.1.7 column packets
    MIPV4-EXT-MIB mipExtTunnelOctetsReceived 1.3.6.1.4.1.8072.9999.9999.44.1.7.1.1.8 column octets
    MIPV4-EXT-MIB mipExtTunnelDiscontinuity 1.3.6.1.4.1.8072.9999.9999.44.1.7.1.1.9 column
    MIPV4-EXT-MIB mipExtDropTable 1.3.6.1.4.1.8072.9999.9999.44.1.7.2 table
    MIPV4-EXT-MIB mipExtDropEntry 1.3.6.1.4.1.8072.9999.9999.44.1.7.2.1 row
    MIPV4-EXT-MIB mipExtDropReason 1.3.6.1.4.1.8072.9999.9999.44.1.7.2.1.1 column
    MIPV4-EXT-MIB mipExtDropCount 1.3.6.1.4.1.8072.9999.9999.44.1.7.2.1.2 column packets
    MIPV4-EXT-MIB mipExtIcmpErrorsSent 1.3.6.1.4.1.8072.9999.9999.44.1.7.3 scalar messages
    MIPV4-EXT-MIB mipExtFragmentsSent 1.3.6.1.4.1.8072.9999.9999.44.1.7.4 scalar packets
    MIPV4-EXT-MIB mipExtSecurity 1.3.6.1.4.1.8072.9999.9999.44.1.8 node
    MIPV4-EXT-MIB mipExtAssocTable 1.3.6.1.4.1.8072.9999.9999.44.1.8.1 table
    MIPV4-EXT-MIB mipExtAssocEntry 1.3.6.1.4.1.8072.9999.9999.44.1.8.1.1 row
    MIPV4-EXT-MIB mipExtAssocPeerRole 1.3.6.1.4.1.8072.9999.9999.44.1.8.1.1.1 column
    MIPV4-EXT-MIB mipExtAssocLastUsed 1.3.6.1.4.1.8072.9999.9999.44.1.8.1.1.2 column
    MIPV4-EXT-MIB mipExtAssocAccepted 1.3.6.1.4.1.8072.9999.9999.44.1.8.1.1.3 column messages
    MIPV4-EXT-MIB mipExtAssocAuthFailures 1.3.6.1.4.1.8072.9999.9999.44.1.8.1.1.4 column messages
    MIPV4-EXT-MIB mipExtAssocReplayFailures 1.3.6.1.4.1.8072.9999.9999.44.1.8.1.1.5 column messages
    MIPV4-EXT-MIB mipExtAssocClockOffset 1.3.6.1.4.1.8072.9999.9999.44.1.8.1.1.6 column milliseconds
    MIPV4-EXT-MIB mipExtAdvertising 1.3.6.1.4.1.8072.9999.9999.44.1.9 node
    MIPV4-EXT-MIB mipExtAdvertTable 1.3.6.1.4.1.8072.9999.9999.44.1.9.1 table
    MIPV4-EXT-MIB mipExtAdvertEntry 1.3.6.1.4.1.8072.9999.9999.44.1.9.1.1 row
    MIPV4-EXT-MIB mipExtAdvertAddress 1.3.6.1.4.1.8072.9999.9999.44.1.9.1.1.1 column
    MIPV4-EXT-MIB mipExtAdvertInterfaceName 1.3.6.1.4.1.8072.9999.9999.44.1.9.1.1.2 column
    MIPV4-EXT-MIB mipExtAdvertPrefixLength 1.3.6.1.4.1.8072.9999.9999.44.1.9.1.1.3 column bits
    MIPV4-EXT-MIB mipExtAdvertFlags 1.3.6.1.4.1.8072.9999.9999.44.1.9.1.1.4 column
    MIPV4-EXT-MIB mipExtAdvertSequence 1.3.6.1.4.1.8072.9999.9999.44.1.9.1.1.5 column
    MIPV4-EXT-MIB mipExtAdvertLastSent 1.3.6.1.4.1.8072.9999.9999.44.1.9.1.1.6 column
    MIPV4-EXT-MIB mipExtAdvertSent 1.3.6.1.4.1.8072.9999.9999.44.1.9.1.1.7 column messages
    MIPV4-EXT-MIB mipExtAdvertSentForSolicitation 1.3.6.1.4.1.8072.9999.9999.44.1.9.1.1.8 column messages
    MIPV4-EXT-MIB mipExtAdvertSolicitations 1.3.6.1.4.1.8072.9999.9999.44.1.9.1.1.9 column messages
    MIPV4-EXT-MIB mipExtAdvertChallengeLength 1.3.6.1.4.1.8072.9999.9999.44.1.9.1.1.10 column octets
    MIPV4-EXT-MIB mipExtNotify 1.3.6.1.4.1.8072.9999.9999.44.1.10 node
    MIPV4-EXT-MIB mipExtNotifyTable 1.3.6.1.4.1.8072.9999.9999.44.1.10.1 table
    MIPV4-EXT-MIB mipExtNotifyEntry 1.3.6.1.4.1.8072.9999.9999.44.1.10.1.1 row
    MIPV4-EXT-MIB mipExtNotifyKind 1.3.6.1.4.1.8072.9999.9999.44.1.10.1.1.1 column
    MIPV4-EXT-MIB mipExtNotifyEnabled 1.3.6.1.4.1.8072.9999.9999.44.1.10.1.1.2 column
    MIPV4-EXT-MIB mipExtNotifySent 1.3.6.1.4.1.8072.9999.9999.44.1.10.1.1.3 column notifications
    MIPV4-EXT-MIB mipExtNotifySuppressed 1.3.6.1.4.1.8072.9999.9999.44.1.10.1.1.4 column notifications
    MIPV4-EXT-MIB mipExtNotifyNodeInterval 1.3.6.1.4.1.8072.9999.9999.44.1.10.2 scalar seconds
    MIPV4-EXT-MIB mipExtNotifyMaximumRate 1.3.6.1.4.1.8072.9999.9999.44.1.10.3 scalar notifications per minute
    MIPV4-EXT-MIB mipExtNotifyContent 1.3.6.1.4.1.8072.9999.9999.44.1.10.4 node
    MIPV4-EXT-MIB mipExtNotifyRole 1.3.6.1.4.1.8072.9999.9999.44.1.10.4.1 scalar
    MIPV4-EXT-MIB mipExtNotifyTime 1.3.6.1.4.1.8072.9999.9999.44.1.10.4.2 scalar
    MIPV4-EXT-MIB mipExtNotifyHomeAddress 1.3.6.1.4.1.8072.9999.9999.44.1.10.4.3 scalar
    MIPV4-EXT-MIB mipExtNotifyNAI 1.3.6.1.4.1.8072.9999.9999.44.1.10.4.4 scalar
    MIPV4-EXT-MIB mipExtNotifyCareOfAddress 1.3.6.1.4.1.8072.9999.9999.44.1.10.4.5 scalar
    MIPV4-EXT-MIB mipExtNotifyPreviousCOA 1.3.6.1.4.1.8072.9999.9999.44.1.10.4.6 scalar
    MIPV4-EXT-MIB mipExtNotifyHomeAgent 1.3.6.1.4.1.8072.9999.9999.44.1.10.4.7 scalar
    MIPV4-EXT-MIB mipExtNotifySourceAddress 1.3.6.1.4.1.8072.9999.9999.44.1.10.4.8 scalar
    MIPV4-EXT-MIB mipExtNotifyCode 1.3.6.1.4.1.8072.9999.9999.44.1.10.4.9 scalar
    MIPV4-EXT-MIB mipExtConformance 1.3.6.1.4.1.8072.9999.9999.44.2 node
    MIPV4-EXT-MIB mipExtGroups 1.3.6.1.4.1.8072.9999.9999.44.2.1 node
    MIPV4-EXT-MIB mipExtSourceGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.1 group
    MIPV4-EXT-MIB mipExtAgentGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.2 group
    MIPV4-EXT-MIB mipExtCapacityGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.3 group
    MIPV4-EXT-MIB mipExtRegistrationGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.4 group
    MIPV4-EXT-MIB mipExtHomeAgentGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.5 group
    MIPV4-EXT-MIB mipExtHistoryGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.6 group
    MIPV4-EXT-MIB mipExtForeignAgentGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.7 group
    MIPV4-EXT-MIB mipExtMobileNodeGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.8 group
    MIPV4-EXT-MIB mipExtForwardingGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.9 group
    MIPV4-EXT-MIB mipExtSecurityGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.10 group
    MIPV4-EXT-MIB mipExtAdvertisingGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.11 group
    MIPV4-EXT-MIB mipExtNotifyGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.12 group
    MIPV4-EXT-MIB mipExtNotificationsGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.13 group
    MIPV4-EXT-MIB mipExtCompliances 1.3.6.1.4.1.8072.9999.9999.44.2.2 node
    MIPV4-EXT-MIB mipExtCompliance 1.3.6.1.4.1.8072.9999.9999.44.2.2.1 compliance
    MIPV4-EXT-MIB mipExtReadOnlyCompliance 1.3.6.1.4.1.8072.9999.9999.44.2.2.2 compliance
    """
