/// The definitions of all nodes in the MIB modules, in the order of `MIBNode`: module, name, OID, kind, access, status, syntax (for a row
/// its index, for a notification its objects), units. Written by scripts/generate-mib-nodes.
let mibNodeTable = """
    MIP-MIB mipMIB 1.3.6.1.2.1.44 node - current -
    MIP-MIB mipMIBObjects 1.3.6.1.2.1.44.1 node - - -
    MIP-MIB mipSystem 1.3.6.1.2.1.44.1.1 node - - -
    MIP-MIB mipEntities 1.3.6.1.2.1.44.1.1.1 scalar read-only current Bits{mobileNode=0,foreignAgent=1,homeAgent=2}
    MIP-MIB mipEnable 1.3.6.1.2.1.44.1.1.2 scalar read-write current Enumeration{enabled=1,disabled=2}
    MIP-MIB mipEncapsulationSupported 1.3.6.1.2.1.44.1.1.3 scalar read-only current Bits{ipInIp=0,gre=1,minEnc=2,other=3,mipUdp=4}
    MIP-MIB mipSecurity 1.3.6.1.2.1.44.1.2 node - - -
    MIP-MIB mipSecAssocTable 1.3.6.1.2.1.44.1.2.1 table - deprecated -
    MIP-MIB mipSecAssocEntry 1.3.6.1.2.1.44.1.2.1.1 row - deprecated mipSecPeerAddress,mipSecSPI
    MIP-MIB mipSecPeerAddress 1.3.6.1.2.1.44.1.2.1.1.1 column not-accessible deprecated IpAddress
    MIP-MIB mipSecSPI 1.3.6.1.2.1.44.1.2.1.1.2 column not-accessible deprecated Unsigned32(0..4294967295)
    MIP-MIB mipSecAlgorithmType 1.3.6.1.2.1.44.1.2.1.1.3 column read-create deprecated Enumeration{other=1,md5=2}
    MIP-MIB mipSecAlgorithmMode 1.3.6.1.2.1.44.1.2.1.1.4 column read-create deprecated Enumeration{other=1,prefixSuffix=2}
    MIP-MIB mipSecKey 1.3.6.1.2.1.44.1.2.1.1.5 column read-create deprecated OctetString(16..16)
    MIP-MIB mipSecReplayMethod 1.3.6.1.2.1.44.1.2.1.1.6 column read-create deprecated Enumeration{other=1,timestamps=2,nonces=3}
    MIP-MIB mipSecTotalViolations 1.3.6.1.2.1.44.1.2.2 scalar read-only current Counter32 messages
    MIP-MIB mipSecViolationTable 1.3.6.1.2.1.44.1.2.3 table - deprecated -
    MIP-MIB mipSecViolationEntry 1.3.6.1.2.1.44.1.2.3.1 row - deprecated mipSecViolatorAddress
    MIP-MIB mipSecViolatorAddress 1.3.6.1.2.1.44.1.2.3.1.1 column read-only deprecated IpAddress
    MIP-MIB mipSecViolationCounter 1.3.6.1.2.1.44.1.2.3.1.2 column read-only deprecated Counter32 messages
    MIP-MIB mipSecRecentViolationSPI 1.3.6.1.2.1.44.1.2.3.1.3 column read-only deprecated Integer32
    MIP-MIB mipSecRecentViolationTime 1.3.6.1.2.1.44.1.2.3.1.4 column read-only deprecated TimeStamp
    MIP-MIB mipSecRecentViolationIDLow 1.3.6.1.2.1.44.1.2.3.1.5 column read-only deprecated Integer32
    MIP-MIB mipSecRecentViolationIDHigh 1.3.6.1.2.1.44.1.2.3.1.6 column read-only deprecated Integer32
    MIP-MIB mipSecRecentViolationReason 1.3.6.1.2.1.44.1.2.3.1.7 column read-only deprecated Enumeration{noMobilitySecurityAssociation=1,badAuthenticator=2,badIdentifier=3,badSPI=4,missingSecurityExtension=5,other=6}
    MIP-MIB mipSecurityAssocsCount 1.3.6.1.2.1.44.1.2.4 scalar read-only current Gauge32 associations
    MIP-MIB mipSecurityAssocTable 1.3.6.1.2.1.44.1.2.5 table - current -
    MIP-MIB mipSecurityAssocEntry 1.3.6.1.2.1.44.1.2.5.1 row - current mipSecurityPeerIdType,mipSecurityPeerId,mipSecuritySPI
    MIP-MIB mipSecurityPeerIdType 1.3.6.1.2.1.44.1.2.5.1.1 column not-accessible current MipEntityIdentifierType
    MIP-MIB mipSecurityPeerId 1.3.6.1.2.1.44.1.2.5.1.2 column not-accessible current MipEntityIdentifier
    MIP-MIB mipSecuritySPI 1.3.6.1.2.1.44.1.2.5.1.3 column not-accessible current Unsigned32(0..4294967295)
    MIP-MIB mipSecurityAlgorithmType 1.3.6.1.2.1.44.1.2.5.1.4 column read-create current Enumeration{other=1,md5=2,sha1=3,sha256=4}
    MIP-MIB mipSecurityAlgorithmMode 1.3.6.1.2.1.44.1.2.5.1.5 column read-create current Enumeration{other=1,prefixSuffix=2,hmac=3}
    MIP-MIB mipSecurityKey 1.3.6.1.2.1.44.1.2.5.1.6 column read-create current OctetString(0..64)
    MIP-MIB mipSecurityReplayMethod 1.3.6.1.2.1.44.1.2.5.1.7 column read-create current Enumeration{other=1,timestamps=2,nonces=3}
    MIP-MIB mipSecurityReplayTime 1.3.6.1.2.1.44.1.2.5.1.8 column read-create current Unsigned32(3..255) seconds
    MIP-MIB mipSecurityPeerNAI 1.3.6.1.2.1.44.1.2.5.1.9 column read-create current MipEntityIdentifierNAI
    MIP-MIB mipSecurityPeerIpAddress 1.3.6.1.2.1.44.1.2.5.1.10 column read-create current IpAddress
    MIP-MIB mipSecurityStatus 1.3.6.1.2.1.44.1.2.5.1.11 column read-create current RowStatus
    MIP-MIB mipSecurityStorageType 1.3.6.1.2.1.44.1.2.5.1.12 column read-create current StorageType
    MIP-MIB mipSecurityViolationTable 1.3.6.1.2.1.44.1.2.6 table - current -
    MIP-MIB mipSecurityViolationEntry 1.3.6.1.2.1.44.1.2.6.1 row - current mipSecurityViolatorIdType,mipSecurityViolatorId
    MIP-MIB mipSecurityViolatorIdType 1.3.6.1.2.1.44.1.2.6.1.1 column not-accessible current MipEntityIdentifierType
    MIP-MIB mipSecurityViolatorId 1.3.6.1.2.1.44.1.2.6.1.2 column not-accessible current MipEntityIdentifier
    MIP-MIB mipSecurityViolationCounter 1.3.6.1.2.1.44.1.2.6.1.3 column read-only current Counter32 messages
    MIP-MIB mipSecurityRecentViolationSPI 1.3.6.1.2.1.44.1.2.6.1.4 column read-only current Unsigned32
    MIP-MIB mipSecurityRecentViolationTime 1.3.6.1.2.1.44.1.2.6.1.5 column read-only current TimeStamp
    MIP-MIB mipSecurityRecentViolationIDLow 1.3.6.1.2.1.44.1.2.6.1.6 column read-only current Unsigned32(0..4294967295)
    MIP-MIB mipSecurityRecentViolationIDHigh 1.3.6.1.2.1.44.1.2.6.1.7 column read-only current Unsigned32(0..4294967295)
    MIP-MIB mipSecurityRecentViolationReason 1.3.6.1.2.1.44.1.2.6.1.8 column read-only current Enumeration{noMobilitySecurityAssociation=1,badAuthenticator=2,badIdentifier=3,badSPI=4,missingSecurityExtension=5,other=6}
    MIP-MIB mipSecurityViolatorNAI 1.3.6.1.2.1.44.1.2.6.1.9 column read-only current MipEntityIdentifierNAI
    MIP-MIB mipSecurityViolatorIpAddress 1.3.6.1.2.1.44.1.2.6.1.10 column read-only current IpAddress
    MIP-MIB mipSecurityRecentViolationErrCode 1.3.6.1.2.1.44.1.2.6.1.11 column read-only current Unsigned32
    MIP-MIB mipSecurityviolationStorageType 1.3.6.1.2.1.44.1.2.6.1.12 column read-create current StorageType
    MIP-MIB mipMN 1.3.6.1.2.1.44.1.3 node - - -
    MIP-MIB mnSystem 1.3.6.1.2.1.44.1.3.1 node - - -
    MIP-MIB mnState 1.3.6.1.2.1.44.1.3.1.1 scalar read-only current Enumeration{home=1,registered=2,pending=3,isolated=4,unknown=5}
    MIP-MIB mnHomeAddress 1.3.6.1.2.1.44.1.3.1.2 scalar read-only current IpAddress
    MIP-MIB mnHATable 1.3.6.1.2.1.44.1.3.1.3 table - current -
    MIP-MIB mnHAEntry 1.3.6.1.2.1.44.1.3.1.3.1 row - current mnHAAddress
    MIP-MIB mnHAAddress 1.3.6.1.2.1.44.1.3.1.3.1.1 column not-accessible current IpAddress
    MIP-MIB mnCurrentHA 1.3.6.1.2.1.44.1.3.1.3.1.2 column read-only current TruthValue
    MIP-MIB mnHAStatus 1.3.6.1.2.1.44.1.3.1.3.1.3 column read-create current RowStatus
    MIP-MIB mnIdentifierType 1.3.6.1.2.1.44.1.3.1.4 scalar read-only current MipEntityIdentifierType
    MIP-MIB mnIdentifier 1.3.6.1.2.1.44.1.3.1.5 scalar read-only current MipEntityIdentifier
    MIP-MIB mnDiscovery 1.3.6.1.2.1.44.1.3.2 node - - -
    MIP-MIB mnFATable 1.3.6.1.2.1.44.1.3.2.1 table - current -
    MIP-MIB mnFAEntry 1.3.6.1.2.1.44.1.3.2.1.1 row - current mnFAAddress,mnCOA
    MIP-MIB mnFAAddress 1.3.6.1.2.1.44.1.3.2.1.1.1 column read-only current IpAddress
    MIP-MIB mnCOA 1.3.6.1.2.1.44.1.3.2.1.1.2 column read-only current IpAddress
    MIP-MIB mnRecentAdvReceived 1.3.6.1.2.1.44.1.3.2.2 node - - -
    MIP-MIB mnAdvSourceAddress 1.3.6.1.2.1.44.1.3.2.2.1 scalar read-only current IpAddress
    MIP-MIB mnAdvSequence 1.3.6.1.2.1.44.1.3.2.2.2 scalar read-only current Integer32(0..65535)
    MIP-MIB mnAdvFlags 1.3.6.1.2.1.44.1.3.2.2.3 scalar read-only current Bits{vjCompression=0,gre=1,minEnc=2,foreignAgent=3,homeAgent=4,busy=5,regRequired=6,reverseTunnel=7}
    MIP-MIB mnAdvMaxRegLifetime 1.3.6.1.2.1.44.1.3.2.2.4 scalar read-only current Integer32(0..65535) seconds
    MIP-MIB mnAdvMaxAdvLifetime 1.3.6.1.2.1.44.1.3.2.2.5 scalar read-only current Integer32(0..65535) seconds
    MIP-MIB mnAdvTimeReceived 1.3.6.1.2.1.44.1.3.2.2.6 scalar read-only current TimeStamp
    MIP-MIB mnSolicitationsSent 1.3.6.1.2.1.44.1.3.2.3 scalar read-only current Counter32 messages
    MIP-MIB mnAdvertisementsReceived 1.3.6.1.2.1.44.1.3.2.4 scalar read-only current Counter32 messages
    MIP-MIB mnAdvsDroppedInvalidExtension 1.3.6.1.2.1.44.1.3.2.5 scalar read-only current Counter32 messages
    MIP-MIB mnAdvsIgnoredUnknownExtension 1.3.6.1.2.1.44.1.3.2.6 scalar read-only current Counter32 extensions
    MIP-MIB mnMoveFromHAToFA 1.3.6.1.2.1.44.1.3.2.7 scalar read-only current Counter32 moves
    MIP-MIB mnMoveFromFAToFA 1.3.6.1.2.1.44.1.3.2.8 scalar read-only current Counter32 moves
    MIP-MIB mnMoveFromFAToHA 1.3.6.1.2.1.44.1.3.2.9 scalar read-only current Counter32 moves
    MIP-MIB mnGratuitousARPsSend 1.3.6.1.2.1.44.1.3.2.10 scalar read-only current Counter32 messages
    MIP-MIB mnAgentRebootsDectected 1.3.6.1.2.1.44.1.3.2.11 scalar read-only current Counter32 restarts
    MIP-MIB mnRegistration 1.3.6.1.2.1.44.1.3.3 node - - -
    MIP-MIB mnRegistrationTable 1.3.6.1.2.1.44.1.3.3.1 table - current -
    MIP-MIB mnRegistrationEntry 1.3.6.1.2.1.44.1.3.3.1.1 row - current mnRegAgentAddress,mnRegCOA
    MIP-MIB mnRegAgentAddress 1.3.6.1.2.1.44.1.3.3.1.1.1 column read-only current IpAddress
    MIP-MIB mnRegCOA 1.3.6.1.2.1.44.1.3.3.1.1.2 column read-only current IpAddress
    MIP-MIB mnRegFlags 1.3.6.1.2.1.44.1.3.3.1.1.3 column read-only current RegistrationFlags
    MIP-MIB mnRegIDLow 1.3.6.1.2.1.44.1.3.3.1.1.4 column read-only current Integer32
    MIP-MIB mnRegIDHigh 1.3.6.1.2.1.44.1.3.3.1.1.5 column read-only current Integer32
    MIP-MIB mnRegTimeRequested 1.3.6.1.2.1.44.1.3.3.1.1.6 column read-only current Integer32 seconds
    MIP-MIB mnRegTimeRemaining 1.3.6.1.2.1.44.1.3.3.1.1.7 column read-only current Gauge32 seconds
    MIP-MIB mnRegTimeSent 1.3.6.1.2.1.44.1.3.3.1.1.8 column read-only current TimeStamp
    MIP-MIB mnRegIsAccepted 1.3.6.1.2.1.44.1.3.3.1.1.9 column read-only current TruthValue
    MIP-MIB mnCOAIsLocal 1.3.6.1.2.1.44.1.3.3.1.1.10 column read-only current TruthValue
    MIP-MIB mnRegDeliveryStyle 1.3.6.1.2.1.44.1.3.3.1.1.11 column read-only current MipDeliveryStyle
    MIP-MIB mnRegRequestsSent 1.3.6.1.2.1.44.1.3.3.2 scalar read-only current Counter32 messages
    MIP-MIB mnDeRegRequestsSent 1.3.6.1.2.1.44.1.3.3.3 scalar read-only current Counter32 messages
    MIP-MIB mnRegRepliesRecieved 1.3.6.1.2.1.44.1.3.3.4 scalar read-only current Counter32 messages
    MIP-MIB mnDeRegRepliesRecieved 1.3.6.1.2.1.44.1.3.3.5 scalar read-only current Counter32 messages
    MIP-MIB mnRepliesInvalidHomeAddress 1.3.6.1.2.1.44.1.3.3.6 scalar read-only current Counter32 messages
    MIP-MIB mnRepliesUnknownHA 1.3.6.1.2.1.44.1.3.3.7 scalar read-only current Counter32 messages
    MIP-MIB mnRepliesUnknownFA 1.3.6.1.2.1.44.1.3.3.8 scalar read-only current Counter32 messages
    MIP-MIB mnRepliesInvalidID 1.3.6.1.2.1.44.1.3.3.9 scalar read-only current Counter32 messages
    MIP-MIB mnRepliesDroppedInvalidExtension 1.3.6.1.2.1.44.1.3.3.10 scalar read-only current Counter32 messages
    MIP-MIB mnRepliesIgnoredUnknownExtension 1.3.6.1.2.1.44.1.3.3.11 scalar read-only current Counter32 messages
    MIP-MIB mnRepliesHAAuthenticationFailure 1.3.6.1.2.1.44.1.3.3.12 scalar read-only current Counter32 messages
    MIP-MIB mnRepliesFAAuthenticationFailure 1.3.6.1.2.1.44.1.3.3.13 scalar read-only current Counter32 messages
    MIP-MIB mnRegRequestsAccepted 1.3.6.1.2.1.44.1.3.3.14 scalar read-only current Counter32 messages
    MIP-MIB mnRegRequestsDeniedByHA 1.3.6.1.2.1.44.1.3.3.15 scalar read-only current Counter32 messages
    MIP-MIB mnRegRequestsDeniedByFA 1.3.6.1.2.1.44.1.3.3.16 scalar read-only current Counter32 messages
    MIP-MIB mnRegRequestsDeniedByHADueToID 1.3.6.1.2.1.44.1.3.3.17 scalar read-only current Counter32 messages
    MIP-MIB mnRegRequestsWithDirectedBroadcast 1.3.6.1.2.1.44.1.3.3.18 scalar read-only current Counter32 messages
    MIP-MIB mipMA 1.3.6.1.2.1.44.1.4 node - - -
    MIP-MIB maAdvertisement 1.3.6.1.2.1.44.1.4.2 node - - -
    MIP-MIB maAdvConfigTable 1.3.6.1.2.1.44.1.4.2.1 table - deprecated -
    MIP-MIB maAdvConfigEntry 1.3.6.1.2.1.44.1.4.2.1.1 row - deprecated maInterfaceAddress
    MIP-MIB maInterfaceAddress 1.3.6.1.2.1.44.1.4.2.1.1.1 column not-accessible deprecated IpAddress
    MIP-MIB maAdvMaxRegLifetime 1.3.6.1.2.1.44.1.4.2.1.1.2 column read-create deprecated Integer32(0..65535) seconds
    MIP-MIB maAdvPrefixLengthInclusion 1.3.6.1.2.1.44.1.4.2.1.1.3 column read-create deprecated TruthValue
    MIP-MIB maAdvAddress 1.3.6.1.2.1.44.1.4.2.1.1.4 column read-create deprecated IpAddress
    MIP-MIB maAdvMaxInterval 1.3.6.1.2.1.44.1.4.2.1.1.5 column read-create deprecated Integer32(4..1800) seconds
    MIP-MIB maAdvMinInterval 1.3.6.1.2.1.44.1.4.2.1.1.6 column read-create deprecated Integer32(3..1800) seconds
    MIP-MIB maAdvMaxAdvLifetime 1.3.6.1.2.1.44.1.4.2.1.1.7 column read-create deprecated Integer32(4..9000) seconds
    MIP-MIB maAdvResponseSolicitationOnly 1.3.6.1.2.1.44.1.4.2.1.1.8 column read-create deprecated TruthValue
    MIP-MIB maAdvStatus 1.3.6.1.2.1.44.1.4.2.1.1.9 column read-create deprecated RowStatus
    MIP-MIB maAdvertisementsSent 1.3.6.1.2.1.44.1.4.2.2 scalar read-only current Counter32 messages
    MIP-MIB maAdvsSentForSolicitation 1.3.6.1.2.1.44.1.4.2.3 scalar read-only current Counter32 messages
    MIP-MIB maSolicitationsReceived 1.3.6.1.2.1.44.1.4.2.4 scalar read-only current Counter32 messages
    MIP-MIB maAdvertConfTable 1.3.6.1.2.1.44.1.4.2.5 table - current -
    MIP-MIB maAdvertConfEntry 1.3.6.1.2.1.44.1.4.2.5.1 row - current maAdvertIfIndex
    MIP-MIB maAdvertIfIndex 1.3.6.1.2.1.44.1.4.2.5.1.1 column not-accessible current Integer32(1..2147483647)
    MIP-MIB maAdvertMaxRegLifetime 1.3.6.1.2.1.44.1.4.2.5.1.2 column read-create current Integer32(1..65535) seconds
    MIP-MIB maAdvertPrefixLengthInclusion 1.3.6.1.2.1.44.1.4.2.5.1.3 column read-create current TruthValue
    MIP-MIB maAdvertAddress 1.3.6.1.2.1.44.1.4.2.5.1.4 column read-create current IpAddress
    MIP-MIB maAdvertMaxInterval 1.3.6.1.2.1.44.1.4.2.5.1.5 column read-create current Integer32(4..1800) seconds
    MIP-MIB maAdvertMinInterval 1.3.6.1.2.1.44.1.4.2.5.1.6 column read-create current Integer32(3..1800) seconds
    MIP-MIB maAdvertMaxAdvLifetime 1.3.6.1.2.1.44.1.4.2.5.1.7 column read-create current Integer32(4..9000) seconds
    MIP-MIB maAdvertResponseSolicitationOnly 1.3.6.1.2.1.44.1.4.2.5.1.8 column read-create current TruthValue
    MIP-MIB maAdvertService 1.3.6.1.2.1.44.1.4.2.5.1.9 column read-create current Bits{foreignAgent=0,homeAgent=1}
    MIP-MIB maAdvertNetworkNAI 1.3.6.1.2.1.44.1.4.2.5.1.10 column read-create current MipEntityIdentifierNAI
    MIP-MIB maAdvertStatus 1.3.6.1.2.1.44.1.4.2.5.1.11 column read-create current RowStatus
    MIP-MIB maAdvertStorageType 1.3.6.1.2.1.44.1.4.2.5.1.12 column read-create current StorageType
    MIP-MIB mipFA 1.3.6.1.2.1.44.1.5 node - - -
    MIP-MIB faSystem 1.3.6.1.2.1.44.1.5.1 node - - -
    MIP-MIB faCOATable 1.3.6.1.2.1.44.1.5.1.1 table - current -
    MIP-MIB faCOAEntry 1.3.6.1.2.1.44.1.5.1.1.1 row - current faSupportedCOA
    MIP-MIB faSupportedCOA 1.3.6.1.2.1.44.1.5.1.1.1.1 column not-accessible current IpAddress
    MIP-MIB faCOAStatus 1.3.6.1.2.1.44.1.5.1.1.1.2 column read-create current RowStatus
    MIP-MIB faCOAStorageType 1.3.6.1.2.1.44.1.5.1.1.1.3 column read-create current StorageType
    MIP-MIB faAdvertisement 1.3.6.1.2.1.44.1.5.2 node - - -
    MIP-MIB faIsBusy 1.3.6.1.2.1.44.1.5.2.1 scalar read-only deprecated TruthValue
    MIP-MIB faRegistrationRequired 1.3.6.1.2.1.44.1.5.2.2 scalar read-write deprecated TruthValue
    MIP-MIB faAdvertConfTable 1.3.6.1.2.1.44.1.5.2.3 table - current -
    MIP-MIB faAdvertConfEntry 1.3.6.1.2.1.44.1.5.2.3.1 row - current maAdvertIfIndex
    MIP-MIB faAdvertIsBusy 1.3.6.1.2.1.44.1.5.2.3.1.1 column read-only current TruthValue
    MIP-MIB faAdvertRegRequired 1.3.6.1.2.1.44.1.5.2.3.1.2 column read-write current TruthValue
    MIP-MIB faAdvertChallengeWindow 1.3.6.1.2.1.44.1.5.2.3.1.3 column read-write current Integer32 challenges
    MIP-MIB faRegistration 1.3.6.1.2.1.44.1.5.3 node - - -
    MIP-MIB faVisitorTable 1.3.6.1.2.1.44.1.5.3.1 table - deprecated -
    MIP-MIB faVisitorEntry 1.3.6.1.2.1.44.1.5.3.1.1 row - deprecated faVisitorIPAddress
    MIP-MIB faVisitorIPAddress 1.3.6.1.2.1.44.1.5.3.1.1.1 column read-only deprecated IpAddress
    MIP-MIB faVisitorHomeAddress 1.3.6.1.2.1.44.1.5.3.1.1.2 column read-only deprecated IpAddress
    MIP-MIB faVisitorHomeAgentAddress 1.3.6.1.2.1.44.1.5.3.1.1.3 column read-only deprecated IpAddress
    MIP-MIB faVisitorTimeGranted 1.3.6.1.2.1.44.1.5.3.1.1.4 column read-only deprecated Integer32 seconds
    MIP-MIB faVisitorTimeRemaining 1.3.6.1.2.1.44.1.5.3.1.1.5 column read-only deprecated Gauge32 seconds
    MIP-MIB faVisitorRegFlags 1.3.6.1.2.1.44.1.5.3.1.1.6 column read-only deprecated RegistrationFlags
    MIP-MIB faVisitorRegIDLow 1.3.6.1.2.1.44.1.5.3.1.1.7 column read-only deprecated Integer32
    MIP-MIB faVisitorRegIDHigh 1.3.6.1.2.1.44.1.5.3.1.1.8 column read-only deprecated Integer32
    MIP-MIB faVisitorRegIsAccepted 1.3.6.1.2.1.44.1.5.3.1.1.9 column read-only deprecated TruthValue
    MIP-MIB faRegRequestsReceived 1.3.6.1.2.1.44.1.5.3.2 scalar read-only current Counter32 messages
    MIP-MIB faRegRequestsRelayed 1.3.6.1.2.1.44.1.5.3.3 scalar read-only current Counter32 messages
    MIP-MIB faReasonUnspecified 1.3.6.1.2.1.44.1.5.3.4 scalar read-only current Counter32 messages
    MIP-MIB faAdmProhibited 1.3.6.1.2.1.44.1.5.3.5 scalar read-only current Counter32 messages
    MIP-MIB faInsufficientResource 1.3.6.1.2.1.44.1.5.3.6 scalar read-only current Counter32 messages
    MIP-MIB faMNAuthenticationFailure 1.3.6.1.2.1.44.1.5.3.7 scalar read-only current Counter32 messages
    MIP-MIB faRegLifetimeTooLong 1.3.6.1.2.1.44.1.5.3.8 scalar read-only current Counter32 messages
    MIP-MIB faPoorlyFormedRequests 1.3.6.1.2.1.44.1.5.3.9 scalar read-only current Counter32 messages
    MIP-MIB faEncapsulationUnavailable 1.3.6.1.2.1.44.1.5.3.10 scalar read-only current Counter32 messages
    MIP-MIB faVJCompressionUnavailable 1.3.6.1.2.1.44.1.5.3.11 scalar read-only deprecated Counter32 messages
    MIP-MIB faHAUnreachable 1.3.6.1.2.1.44.1.5.3.12 scalar read-only current Counter32 messages
    MIP-MIB faRegRepliesRecieved 1.3.6.1.2.1.44.1.5.3.13 scalar read-only current Counter32 messages
    MIP-MIB faRegRepliesRelayed 1.3.6.1.2.1.44.1.5.3.14 scalar read-only current Counter32 messages
    MIP-MIB faHAAuthenticationFailure 1.3.6.1.2.1.44.1.5.3.15 scalar read-only current Counter32 messages
    MIP-MIB faPoorlyFormedReplies 1.3.6.1.2.1.44.1.5.3.16 scalar read-only current Counter32 messages
    MIP-MIB faReverseTunnelUnavailable 1.3.6.1.2.1.44.1.5.3.17 scalar read-only current Counter32 messages
    MIP-MIB faReverseTunnelBitNotSet 1.3.6.1.2.1.44.1.5.3.18 scalar read-only current Counter32 messages
    MIP-MIB faMnTooDistant 1.3.6.1.2.1.44.1.5.3.19 scalar read-only current Counter32 messages
    MIP-MIB faDeliveryStyleUnsupported 1.3.6.1.2.1.44.1.5.3.20 scalar read-only current Counter32 messages
    MIP-MIB faNonZeroHomeAddressRequired 1.3.6.1.2.1.44.1.5.3.21 scalar read-only current Counter32 messages
    MIP-MIB faUnknownChallenge 1.3.6.1.2.1.44.1.5.3.22 scalar read-only current Counter32 messages
    MIP-MIB faMissingChallenge 1.3.6.1.2.1.44.1.5.3.23 scalar read-only current Counter32 messages
    MIP-MIB faStaleChallenge 1.3.6.1.2.1.44.1.5.3.24 scalar read-only current Counter32 messages
    MIP-MIB faCvsesFromMnUnsupported 1.3.6.1.2.1.44.1.5.3.25 scalar read-only current Counter32 messages
    MIP-MIB faCvsesFromHaUnsupported 1.3.6.1.2.1.44.1.5.3.26 scalar read-only current Counter32 messages
    MIP-MIB faNvsesFromMnIgnored 1.3.6.1.2.1.44.1.5.3.27 scalar read-only current Counter32 extensions
    MIP-MIB faNvsesFromHaIgnored 1.3.6.1.2.1.44.1.5.3.28 scalar read-only current Counter32 extensions
    MIP-MIB faRegVisitorCount 1.3.6.1.2.1.44.1.5.3.29 scalar read-only current Gauge32 visitors
    MIP-MIB faRegVisitorTable 1.3.6.1.2.1.44.1.5.3.30 table - current -
    MIP-MIB faRegVisitorEntry 1.3.6.1.2.1.44.1.5.3.30.1 row - current faRegVisitorIdType,faRegVisitorId
    MIP-MIB faRegVisitorIdType 1.3.6.1.2.1.44.1.5.3.30.1.1 column not-accessible current MipEntityIdentifierType
    MIP-MIB faRegVisitorId 1.3.6.1.2.1.44.1.5.3.30.1.2 column not-accessible current MipEntityIdentifier
    MIP-MIB faRegVisitorHomeAddress 1.3.6.1.2.1.44.1.5.3.30.1.3 column read-only current IpAddress
    MIP-MIB faRegVisitorHomeAgentAddress 1.3.6.1.2.1.44.1.5.3.30.1.4 column read-only current IpAddress
    MIP-MIB faRegVisitorTimeGranted 1.3.6.1.2.1.44.1.5.3.30.1.5 column read-only current Integer32 seconds
    MIP-MIB faRegVisitorTimeRemaining 1.3.6.1.2.1.44.1.5.3.30.1.6 column read-only current Gauge32 seconds
    MIP-MIB faRegVisitorRegFlags 1.3.6.1.2.1.44.1.5.3.30.1.7 column read-only current RegistrationFlags
    MIP-MIB faRegVisitorRegIDLow 1.3.6.1.2.1.44.1.5.3.30.1.8 column read-only current Unsigned32(0..4294967295)
    MIP-MIB faRegVisitorRegIDHigh 1.3.6.1.2.1.44.1.5.3.30.1.9 column read-only current Unsigned32(0..4294967295)
    MIP-MIB faRegVisitorRegIsAccepted 1.3.6.1.2.1.44.1.5.3.30.1.10 column read-only current TruthValue
    MIP-MIB faRegVisitorDeliveryStyle 1.3.6.1.2.1.44.1.5.3.30.1.11 column read-only current MipDeliveryStyle
    MIP-MIB faRegVisitorNAI 1.3.6.1.2.1.44.1.5.3.30.1.12 column read-only current MipEntityIdentifierNAI
    MIP-MIB faRegVisitorInPkts 1.3.6.1.2.1.44.1.5.3.30.1.13 column read-only current Counter32 packets
    MIP-MIB faRegVisitorInOctets 1.3.6.1.2.1.44.1.5.3.30.1.14 column read-only current Counter32 octets
    MIP-MIB faRegVisitorOutPkts 1.3.6.1.2.1.44.1.5.3.30.1.15 column read-only current Counter32 packets
    MIP-MIB faRegVisitorOutOctets 1.3.6.1.2.1.44.1.5.3.30.1.16 column read-only current Counter32 octets
    MIP-MIB mipHA 1.3.6.1.2.1.44.1.6 node - - -
    MIP-MIB haRegistration 1.3.6.1.2.1.44.1.6.3 node - - -
    MIP-MIB haMobilityBindingTable 1.3.6.1.2.1.44.1.6.3.1 table - current -
    MIP-MIB haMobilityBindingEntry 1.3.6.1.2.1.44.1.6.3.1.1 row - current haMobilityBindingMN,haMobilityBindingCOA
    MIP-MIB haMobilityBindingMN 1.3.6.1.2.1.44.1.6.3.1.1.1 column read-only current IpAddress
    MIP-MIB haMobilityBindingCOA 1.3.6.1.2.1.44.1.6.3.1.1.2 column read-only current IpAddress
    MIP-MIB haMobilityBindingSourceAddress 1.3.6.1.2.1.44.1.6.3.1.1.3 column read-only current IpAddress
    MIP-MIB haMobilityBindingRegFlags 1.3.6.1.2.1.44.1.6.3.1.1.4 column read-only current RegistrationFlags
    MIP-MIB haMobilityBindingRegIDLow 1.3.6.1.2.1.44.1.6.3.1.1.5 column read-only current Integer32
    MIP-MIB haMobilityBindingRegIDHigh 1.3.6.1.2.1.44.1.6.3.1.1.6 column read-only current Integer32
    MIP-MIB haMobilityBindingTimeGranted 1.3.6.1.2.1.44.1.6.3.1.1.7 column read-only current Integer32 seconds
    MIP-MIB haMobilityBindingTimeRemaining 1.3.6.1.2.1.44.1.6.3.1.1.8 column read-only current Gauge32 seconds
    MIP-MIB haMobilityBindingMnIdType 1.3.6.1.2.1.44.1.6.3.1.1.9 column read-only current MipEntityIdentifierType
    MIP-MIB haMobilityBindingMnId 1.3.6.1.2.1.44.1.6.3.1.1.10 column read-only current MipEntityIdentifier
    MIP-MIB haMobilityBindingHA 1.3.6.1.2.1.44.1.6.3.1.1.11 column read-only current IpAddress
    MIP-MIB haMobilityBindingNAI 1.3.6.1.2.1.44.1.6.3.1.1.12 column read-only current MipEntityIdentifierNAI
    MIP-MIB haMobilityBindingInPkts 1.3.6.1.2.1.44.1.6.3.1.1.13 column read-only current Counter32 packets
    MIP-MIB haMobilityBindingInOctets 1.3.6.1.2.1.44.1.6.3.1.1.14 column read-only current Counter32 octets
    MIP-MIB haMobilityBindingOutPkts 1.3.6.1.2.1.44.1.6.3.1.1.15 column read-only current Counter32 packets
    MIP-MIB haMobilityBindingOutOctets 1.3.6.1.2.1.44.1.6.3.1.1.16 column read-only current Counter32 octets
    MIP-MIB haCounterTable 1.3.6.1.2.1.44.1.6.3.2 table - deprecated -
    MIP-MIB haCounterEntry 1.3.6.1.2.1.44.1.6.3.2.1 row - deprecated haMobilityBindingMN
    MIP-MIB haServiceRequestsAccepted 1.3.6.1.2.1.44.1.6.3.2.1.2 column read-only deprecated Counter32 messages
    MIP-MIB haServiceRequestsDenied 1.3.6.1.2.1.44.1.6.3.2.1.3 column read-only deprecated Counter32 messages
    MIP-MIB haOverallServiceTime 1.3.6.1.2.1.44.1.6.3.2.1.4 column read-only deprecated Gauge32 seconds
    MIP-MIB haRecentServiceAcceptedTime 1.3.6.1.2.1.44.1.6.3.2.1.5 column read-only deprecated TimeStamp
    MIP-MIB haRecentServiceDeniedTime 1.3.6.1.2.1.44.1.6.3.2.1.6 column read-only deprecated TimeStamp
    MIP-MIB haRecentServiceDeniedCode 1.3.6.1.2.1.44.1.6.3.2.1.7 column read-only deprecated Enumeration{reasonUnspecified=128,admProhibited=129,insufficientResource=130,mnAuthenticationFailure=131,faAuthenticationFailure=132,idMismatch=133,poorlyFormedRequest=134,tooManyBindings=135,unknownHA=136,reverseTunnelUnavailable=137,reverseTunnelBitNotSet=138,encapsulationUnavailable=139,cvseFromMnUnsupported=140,cvseFromFaUnsupported=141,udpEncapsulationUnavailable=142,redirected=143,badAaaAuthentication=144,zeroCareOfAddress=145,dynamicGfaUnsupported=146,mobileNetworkError=147,mobileNetworkDisallowed=148,proxyMobileIpUnsupported=149,proxyMobileIpDisallowed=150,serviceAuthorizationFailed=151,multipathNotAllowed=152,invalidFlowBindingIdentifier=153,experimental=192}
    MIP-MIB haRegistrationAccepted 1.3.6.1.2.1.44.1.6.3.3 scalar read-only current Counter32 messages
    MIP-MIB haMultiBindingUnsupported 1.3.6.1.2.1.44.1.6.3.4 scalar read-only current Counter32 messages
    MIP-MIB haReasonUnspecified 1.3.6.1.2.1.44.1.6.3.5 scalar read-only current Counter32 messages
    MIP-MIB haAdmProhibited 1.3.6.1.2.1.44.1.6.3.6 scalar read-only current Counter32 messages
    MIP-MIB haInsufficientResource 1.3.6.1.2.1.44.1.6.3.7 scalar read-only current Counter32 messages
    MIP-MIB haMNAuthenticationFailure 1.3.6.1.2.1.44.1.6.3.8 scalar read-only current Counter32 messages
    MIP-MIB haFAAuthenticationFailure 1.3.6.1.2.1.44.1.6.3.9 scalar read-only current Counter32 messages
    MIP-MIB haIDMismatch 1.3.6.1.2.1.44.1.6.3.10 scalar read-only current Counter32 messages
    MIP-MIB haPoorlyFormedRequest 1.3.6.1.2.1.44.1.6.3.11 scalar read-only current Counter32 messages
    MIP-MIB haTooManyBindings 1.3.6.1.2.1.44.1.6.3.12 scalar read-only current Counter32 messages
    MIP-MIB haUnknownHA 1.3.6.1.2.1.44.1.6.3.13 scalar read-only current Counter32 messages
    MIP-MIB haGratuitiousARPsSent 1.3.6.1.2.1.44.1.6.3.14 scalar read-only current Counter32 messages
    MIP-MIB haProxyARPsSent 1.3.6.1.2.1.44.1.6.3.15 scalar read-only current Counter32 messages
    MIP-MIB haRegRequestsReceived 1.3.6.1.2.1.44.1.6.3.16 scalar read-only current Counter32 messages
    MIP-MIB haDeRegRequestsReceived 1.3.6.1.2.1.44.1.6.3.17 scalar read-only current Counter32 messages
    MIP-MIB haRegRepliesSent 1.3.6.1.2.1.44.1.6.3.18 scalar read-only current Counter32 messages
    MIP-MIB haDeRegRepliesSent 1.3.6.1.2.1.44.1.6.3.19 scalar read-only current Counter32 messages
    MIP-MIB haReverseTunnelUnavailable 1.3.6.1.2.1.44.1.6.3.20 scalar read-only current Counter32 messages
    MIP-MIB haReverseTunnelBitNotSet 1.3.6.1.2.1.44.1.6.3.21 scalar read-only current Counter32 messages
    MIP-MIB haEncapsulationUnavailable 1.3.6.1.2.1.44.1.6.3.22 scalar read-only current Counter32 messages
    MIP-MIB haCvsesFromMnUnsupported 1.3.6.1.2.1.44.1.6.3.23 scalar read-only current Counter32 messages
    MIP-MIB haCvsesFromFaUnsupported 1.3.6.1.2.1.44.1.6.3.24 scalar read-only current Counter32 messages
    MIP-MIB haNvsesFromMnIgnored 1.3.6.1.2.1.44.1.6.3.25 scalar read-only current Counter32 extensions
    MIP-MIB haNvsesFromFaIgnored 1.3.6.1.2.1.44.1.6.3.26 scalar read-only current Counter32 extensions
    MIP-MIB haRegMobilityBindingCount 1.3.6.1.2.1.44.1.6.3.27 scalar read-only current Gauge32 bindings
    MIP-MIB haRegCounterTable 1.3.6.1.2.1.44.1.6.3.28 table - current -
    MIP-MIB haRegCounterEntry 1.3.6.1.2.1.44.1.6.3.28.1 row - current haMobilityBindingMnIdType,haMobilityBindingMnId
    MIP-MIB haRegServiceRequestsAccepted 1.3.6.1.2.1.44.1.6.3.28.1.1 column read-only current Counter32 messages
    MIP-MIB haRegServiceRequestsDenied 1.3.6.1.2.1.44.1.6.3.28.1.2 column read-only current Counter32 messages
    MIP-MIB haRegOverallServiceTime 1.3.6.1.2.1.44.1.6.3.28.1.3 column read-only current Gauge32 seconds
    MIP-MIB haRegRecentServiceAcceptedTime 1.3.6.1.2.1.44.1.6.3.28.1.4 column read-only current TimeStamp
    MIP-MIB haRegRecentServiceDeniedTime 1.3.6.1.2.1.44.1.6.3.28.1.5 column read-only current TimeStamp
    MIP-MIB haRegRecentServiceDeniedCode 1.3.6.1.2.1.44.1.6.3.28.1.6 column read-only current Integer32(0..255)
    MIP-MIB mipMIBNotificationPrefix 1.3.6.1.2.1.44.2 node - - -
    MIP-MIB mipMIBNotifications 1.3.6.1.2.1.44.2.0 node - - -
    MIP-MIB mipAuthFailure 1.3.6.1.2.1.44.2.0.1 notification - deprecated mipSecViolatorAddress,mipSecRecentViolationSPI,mipSecRecentViolationIDLow,mipSecRecentViolationIDHigh,mipSecRecentViolationReason
    MIP-MIB mipAuthFailure2 1.3.6.1.2.1.44.2.0.2 notification - current mipSecurityViolatorNAI,mipSecurityViolatorIpAddress,mipSecurityViolationCounter,mipSecurityRecentViolationSPI,mipSecurityRecentViolationTime,mipSecurityRecentViolationIDLow,mipSecurityRecentViolationIDHigh,mipSecurityRecentViolationReason,mipSecurityRecentViolationErrCode
    MIP-MIB mipMIBConformance 1.3.6.1.2.1.44.3 node - - -
    MIP-MIB mipGroups 1.3.6.1.2.1.44.3.1 node - - -
    MIP-MIB mipSystemGroup 1.3.6.1.2.1.44.3.1.1 group - current -
    MIP-MIB mipSecAssociationGroup 1.3.6.1.2.1.44.3.1.2 group - deprecated -
    MIP-MIB mipSecViolationGroup 1.3.6.1.2.1.44.3.1.3 group - deprecated -
    MIP-MIB mnSystemGroup 1.3.6.1.2.1.44.3.1.4 group - deprecated -
    MIP-MIB mnDiscoveryGroup 1.3.6.1.2.1.44.3.1.5 group - current -
    MIP-MIB mnRegistrationGroup 1.3.6.1.2.1.44.3.1.6 group - deprecated -
    MIP-MIB maAdvertisementGroup 1.3.6.1.2.1.44.3.1.7 group - deprecated -
    MIP-MIB faSystemGroup 1.3.6.1.2.1.44.3.1.8 group - current -
    MIP-MIB faAdvertisementGroup 1.3.6.1.2.1.44.3.1.9 group - deprecated -
    MIP-MIB faRegistrationGroup 1.3.6.1.2.1.44.3.1.10 group - deprecated -
    MIP-MIB haRegistrationGroup 1.3.6.1.2.1.44.3.1.11 group - deprecated -
    MIP-MIB haRegNodeCountersGroup 1.3.6.1.2.1.44.3.1.12 group - deprecated -
    MIP-MIB mipSecNotificationsGroup 1.3.6.1.2.1.44.3.1.13 group - deprecated -
    MIP-MIB mipSecAssociationGroup2 1.3.6.1.2.1.44.3.1.14 group - current -
    MIP-MIB mipSecViolationGroup2 1.3.6.1.2.1.44.3.1.15 group - current -
    MIP-MIB mnSystemGroup2 1.3.6.1.2.1.44.3.1.16 group - current -
    MIP-MIB mnRegistrationGroup2 1.3.6.1.2.1.44.3.1.17 group - current -
    MIP-MIB maAdvertisementGroup2 1.3.6.1.2.1.44.3.1.18 group - current -
    MIP-MIB maAdvertisementNAIGroup 1.3.6.1.2.1.44.3.1.19 group - current -
    MIP-MIB faAdvertisementGroup2 1.3.6.1.2.1.44.3.1.20 group - current -
    MIP-MIB faRegistrationGroup2 1.3.6.1.2.1.44.3.1.21 group - current -
    MIP-MIB haRegistrationGroup2 1.3.6.1.2.1.44.3.1.22 group - current -
    MIP-MIB haRegNodeCountersGroup2 1.3.6.1.2.1.44.3.1.23 group - current -
    MIP-MIB mipSecNotificationsGroup2 1.3.6.1.2.1.44.3.1.24 group - current -
    MIP-MIB mipSecViolatorGroup 1.3.6.1.2.1.44.3.1.40 group - deprecated -
    MIP-MIB faCOAStorageGroup 1.3.6.1.2.1.44.3.1.41 group - current -
    MIP-MIB mipCompliances 1.3.6.1.2.1.44.3.2 node - - -
    MIP-MIB mipCompliance 1.3.6.1.2.1.44.3.2.1 compliance - deprecated -
    MIP-MIB mipCompliance2 1.3.6.1.2.1.44.3.2.2 compliance - current -
    MIP-MIB mipReadOnlyCompliance 1.3.6.1.2.1.44.3.2.10 compliance - current -
    MIPV4-EXT-MIB mipExtRoot 1.3.6.1.4.1.8072.9999.9999 node - - -
    MIPV4-EXT-MIB mipExtMIB 1.3.6.1.4.1.8072.9999.9999.44 node - current -
    MIPV4-EXT-MIB mipExtNotifications 1.3.6.1.4.1.8072.9999.9999.44.0 node - - -
    MIPV4-EXT-MIB mipExtRegistered 1.3.6.1.4.1.8072.9999.9999.44.0.1 notification - current mipExtAgentName,mipExtNotifyRole,mipExtNotifyTime,mipExtNotifyHomeAddress,mipExtNotifyNAI,mipExtNotifyCareOfAddress,mipExtNotifyHomeAgent,mipExtNotifySourceAddress
    MIPV4-EXT-MIB mipExtCareOfAddressChanged 1.3.6.1.4.1.8072.9999.9999.44.0.2 notification - current mipExtAgentName,mipExtNotifyRole,mipExtNotifyTime,mipExtNotifyHomeAddress,mipExtNotifyNAI,mipExtNotifyCareOfAddress,mipExtNotifyHomeAgent,mipExtNotifyPreviousCOA,mipExtNotifySourceAddress
    MIPV4-EXT-MIB mipExtDeregistered 1.3.6.1.4.1.8072.9999.9999.44.0.3 notification - current mipExtAgentName,mipExtNotifyRole,mipExtNotifyTime,mipExtNotifyHomeAddress,mipExtNotifyNAI,mipExtNotifyCareOfAddress,mipExtNotifyHomeAgent,mipExtNotifySourceAddress
    MIPV4-EXT-MIB mipExtExpired 1.3.6.1.4.1.8072.9999.9999.44.0.4 notification - current mipExtAgentName,mipExtNotifyRole,mipExtNotifyTime,mipExtNotifyHomeAddress,mipExtNotifyNAI,mipExtNotifyCareOfAddress,mipExtNotifyHomeAgent
    MIPV4-EXT-MIB mipExtRevoked 1.3.6.1.4.1.8072.9999.9999.44.0.5 notification - current mipExtAgentName,mipExtNotifyRole,mipExtNotifyTime,mipExtNotifyHomeAddress,mipExtNotifyNAI,mipExtNotifyCareOfAddress,mipExtNotifyHomeAgent
    MIPV4-EXT-MIB mipExtRegistrationDenied 1.3.6.1.4.1.8072.9999.9999.44.0.6 notification - current mipExtAgentName,mipExtNotifyRole,mipExtNotifyTime,mipExtNotifyHomeAddress,mipExtNotifyNAI,mipExtNotifyCareOfAddress,mipExtNotifyHomeAgent,mipExtNotifySourceAddress,mipExtNotifyCode
    MIPV4-EXT-MIB mipExtCapacityRisingAlarm 1.3.6.1.4.1.8072.9999.9999.44.0.7 notification - current mipExtAgentName,mipExtCapacityInUse,mipExtCapacityMaximum,mipExtCapacityRising
    MIPV4-EXT-MIB mipExtCapacityFallingAlarm 1.3.6.1.4.1.8072.9999.9999.44.0.8 notification - current mipExtAgentName,mipExtCapacityInUse,mipExtCapacityMaximum,mipExtCapacityFalling
    MIPV4-EXT-MIB mipExtAgentUnreachable 1.3.6.1.4.1.8072.9999.9999.44.0.9 notification - current mipExtAgentName,mipExtSourceStatus,mipExtSourceLastError
    MIPV4-EXT-MIB mipExtAgentReachable 1.3.6.1.4.1.8072.9999.9999.44.0.10 notification - current mipExtAgentName,mipExtSourceStatus,mipExtAgentInstance,mipExtSourceRestarts
    MIPV4-EXT-MIB mipExtClockStepped 1.3.6.1.4.1.8072.9999.9999.44.0.13 notification - current mipExtAgentName,mipExtNotifyRole,mipExtNotifyTime,mipExtNotifyMessage
    MIPV4-EXT-MIB mipExtStateNotSaved 1.3.6.1.4.1.8072.9999.9999.44.0.14 notification - current mipExtAgentName,mipExtNotifyRole,mipExtNotifyTime,mipExtNotifyMessage
    MIPV4-EXT-MIB mipExtStateSaved 1.3.6.1.4.1.8072.9999.9999.44.0.15 notification - current mipExtAgentName,mipExtNotifyRole,mipExtNotifyTime,mipExtNotifyMessage
    MIPV4-EXT-MIB mipExtRevocationUnacknowledged 1.3.6.1.4.1.8072.9999.9999.44.0.16 notification - current mipExtAgentName,mipExtNotifyRole,mipExtNotifyTime,mipExtNotifyHomeAddress,mipExtNotifyNAI,mipExtNotifyCareOfAddress,mipExtNotifyHomeAgent,mipExtNotifyMessage
    MIPV4-EXT-MIB mipExtNotificationReceived 1.3.6.1.4.1.8072.9999.9999.44.0.17 notification - current mipExtAgentName,mipExtNotifyRole,mipExtNotifyTime,mipExtNotifyHomeAddress,mipExtNotifyNAI,mipExtNotifyCareOfAddress,mipExtNotifyHomeAgent,mipExtNotifySourceAddress,mipExtNotifyMessage
    MIPV4-EXT-MIB mipExtNotificationUnacknowledged 1.3.6.1.4.1.8072.9999.9999.44.0.18 notification - current mipExtAgentName,mipExtNotifyRole,mipExtNotifyTime,mipExtNotifyHomeAddress,mipExtNotifyNAI,mipExtNotifyCareOfAddress,mipExtNotifyHomeAgent,mipExtNotifySourceAddress,mipExtNotifyMessage
    MIPV4-EXT-MIB mipExtDrainStarted 1.3.6.1.4.1.8072.9999.9999.44.0.19 notification - current mipExtAgentName,mipExtNotifyRole,mipExtNotifyTime,mipExtNotifyMessage
    MIPV4-EXT-MIB mipExtDrainCompleted 1.3.6.1.4.1.8072.9999.9999.44.0.20 notification - current mipExtAgentName,mipExtNotifyRole,mipExtNotifyTime,mipExtNotifyMessage
    MIPV4-EXT-MIB mipExtDrainEnded 1.3.6.1.4.1.8072.9999.9999.44.0.21 notification - current mipExtAgentName,mipExtNotifyRole,mipExtNotifyTime,mipExtNotifyMessage
    MIPV4-EXT-MIB mipExtObjects 1.3.6.1.4.1.8072.9999.9999.44.1 node - - -
    MIPV4-EXT-MIB mipExtAgent 1.3.6.1.4.1.8072.9999.9999.44.1.1 node - - -
    MIPV4-EXT-MIB mipExtAgentName 1.3.6.1.4.1.8072.9999.9999.44.1.1.1 scalar read-only current SnmpAdminString(0..255)
    MIPV4-EXT-MIB mipExtAgentVersion 1.3.6.1.4.1.8072.9999.9999.44.1.1.2 scalar read-only current SnmpAdminString(0..255)
    MIPV4-EXT-MIB mipExtAgentInstance 1.3.6.1.4.1.8072.9999.9999.44.1.1.3 scalar read-only current SnmpAdminString(0..255)
    MIPV4-EXT-MIB mipExtAgentProcessID 1.3.6.1.4.1.8072.9999.9999.44.1.1.4 scalar read-only current Unsigned32
    MIPV4-EXT-MIB mipExtAgentStartTime 1.3.6.1.4.1.8072.9999.9999.44.1.1.5 scalar read-only current DateAndTime
    MIPV4-EXT-MIB mipExtAgentTime 1.3.6.1.4.1.8072.9999.9999.44.1.1.6 scalar read-only current DateAndTime
    MIPV4-EXT-MIB mipExtAgentDataPlane 1.3.6.1.4.1.8072.9999.9999.44.1.1.7 scalar read-only current Enumeration{none=1,kernel=2,userSpace=3}
    MIPV4-EXT-MIB mipExtSourceStatus 1.3.6.1.4.1.8072.9999.9999.44.1.1.8 scalar read-only current MipConnection
    MIPV4-EXT-MIB mipExtSourceAge 1.3.6.1.4.1.8072.9999.9999.44.1.1.9 scalar read-only current Gauge32 milliseconds
    MIPV4-EXT-MIB mipExtSourceLastError 1.3.6.1.4.1.8072.9999.9999.44.1.1.10 scalar read-only current SnmpAdminString(0..255)
    MIPV4-EXT-MIB mipExtSourceConnections 1.3.6.1.4.1.8072.9999.9999.44.1.1.11 scalar read-only current Counter32 connections
    MIPV4-EXT-MIB mipExtSourceRestarts 1.3.6.1.4.1.8072.9999.9999.44.1.1.12 scalar read-only current Counter32 restarts
    MIPV4-EXT-MIB mipExtCounterDiscontinuity 1.3.6.1.4.1.8072.9999.9999.44.1.1.13 scalar read-only current TimeStamp
    MIPV4-EXT-MIB mipExtAddressTable 1.3.6.1.4.1.8072.9999.9999.44.1.1.14 table - current -
    MIPV4-EXT-MIB mipExtAddressEntry 1.3.6.1.4.1.8072.9999.9999.44.1.1.14.1 row - current mipExtAddressRole,mipExtAddressValue
    MIPV4-EXT-MIB mipExtAddressRole 1.3.6.1.4.1.8072.9999.9999.44.1.1.14.1.1 column not-accessible current MipRole
    MIPV4-EXT-MIB mipExtAddressValue 1.3.6.1.4.1.8072.9999.9999.44.1.1.14.1.2 column not-accessible current IpAddress
    MIPV4-EXT-MIB mipExtAddressPort 1.3.6.1.4.1.8072.9999.9999.44.1.1.14.1.3 column read-only current Unsigned32(0..65535)
    MIPV4-EXT-MIB mipExtAgentKeepsChanges 1.3.6.1.4.1.8072.9999.9999.44.1.1.15 scalar read-only current TruthValue
    MIPV4-EXT-MIB mipExtAgentStateError 1.3.6.1.4.1.8072.9999.9999.44.1.1.16 scalar read-only current SnmpAdminString(0..255)
    MIPV4-EXT-MIB mipExtAgentDurability 1.3.6.1.4.1.8072.9999.9999.44.1.1.17 scalar read-only current Enumeration{none=1,memory=2,process=3,disk=4}
    MIPV4-EXT-MIB mipExtAgentStarts 1.3.6.1.4.1.8072.9999.9999.44.1.1.18 scalar read-only current Unsigned32 starts
    MIPV4-EXT-MIB mipExtClockSteps 1.3.6.1.4.1.8072.9999.9999.44.1.1.19 scalar read-only current Counter64 steps
    MIPV4-EXT-MIB mipExtCapacity 1.3.6.1.4.1.8072.9999.9999.44.1.2 node - - -
    MIPV4-EXT-MIB mipExtCapacityTable 1.3.6.1.4.1.8072.9999.9999.44.1.2.1 table - current -
    MIPV4-EXT-MIB mipExtCapacityEntry 1.3.6.1.4.1.8072.9999.9999.44.1.2.1.1 row - current mipExtCapacityResource
    MIPV4-EXT-MIB mipExtCapacityResource 1.3.6.1.4.1.8072.9999.9999.44.1.2.1.1.1 column not-accessible current Enumeration{bindings=1,visitors=2,pendingRegistrations=3,associations=4,violators=5,mobileNodes=6,tunnels=7,registrations=8,foreignAgents=9}
    MIPV4-EXT-MIB mipExtCapacityInUse 1.3.6.1.4.1.8072.9999.9999.44.1.2.1.1.2 column read-only current Gauge32
    MIPV4-EXT-MIB mipExtCapacityHighWater 1.3.6.1.4.1.8072.9999.9999.44.1.2.1.1.3 column read-only current Gauge32
    MIPV4-EXT-MIB mipExtCapacityHighWaterTime 1.3.6.1.4.1.8072.9999.9999.44.1.2.1.1.4 column read-only current DateAndTime
    MIPV4-EXT-MIB mipExtCapacityMaximum 1.3.6.1.4.1.8072.9999.9999.44.1.2.1.1.5 column read-only current Unsigned32
    MIPV4-EXT-MIB mipExtCapacityRising 1.3.6.1.4.1.8072.9999.9999.44.1.2.1.1.6 column read-write current Unsigned32(0..100) percent
    MIPV4-EXT-MIB mipExtCapacityFalling 1.3.6.1.4.1.8072.9999.9999.44.1.2.1.1.7 column read-write current Unsigned32(0..100) percent
    MIPV4-EXT-MIB mipExtCapacityAlarm 1.3.6.1.4.1.8072.9999.9999.44.1.2.1.1.8 column read-only current TruthValue
    MIPV4-EXT-MIB mipExtRegistration 1.3.6.1.4.1.8072.9999.9999.44.1.3 node - - -
    MIPV4-EXT-MIB mipExtDatagramsReceived 1.3.6.1.4.1.8072.9999.9999.44.1.3.1 scalar read-only current Counter64 datagrams
    MIPV4-EXT-MIB mipExtEventsSuppressed 1.3.6.1.4.1.8072.9999.9999.44.1.3.2 scalar read-only current Counter64 events
    MIPV4-EXT-MIB mipExtReplyTable 1.3.6.1.4.1.8072.9999.9999.44.1.3.3 table - current -
    MIPV4-EXT-MIB mipExtReplyEntry 1.3.6.1.4.1.8072.9999.9999.44.1.3.3.1 row - current mipExtReplyRole,mipExtReplyDirection,mipExtReplyCode
    MIPV4-EXT-MIB mipExtReplyRole 1.3.6.1.4.1.8072.9999.9999.44.1.3.3.1.1 column not-accessible current MipRole
    MIPV4-EXT-MIB mipExtReplyDirection 1.3.6.1.4.1.8072.9999.9999.44.1.3.3.1.2 column not-accessible current MipDirection
    MIPV4-EXT-MIB mipExtReplyCode 1.3.6.1.4.1.8072.9999.9999.44.1.3.3.1.3 column not-accessible current Unsigned32(0..255)
    MIPV4-EXT-MIB mipExtReplyCount 1.3.6.1.4.1.8072.9999.9999.44.1.3.3.1.4 column read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtReplyMeaning 1.3.6.1.4.1.8072.9999.9999.44.1.3.3.1.5 column read-only current SnmpAdminString(0..255)
    MIPV4-EXT-MIB mipExtOutcomeTable 1.3.6.1.4.1.8072.9999.9999.44.1.3.4 table - current -
    MIPV4-EXT-MIB mipExtOutcomeEntry 1.3.6.1.4.1.8072.9999.9999.44.1.3.4.1 row - current mipExtOutcomeRole,mipExtOutcomeKind
    MIPV4-EXT-MIB mipExtOutcomeRole 1.3.6.1.4.1.8072.9999.9999.44.1.3.4.1.1 column not-accessible current MipRole
    MIPV4-EXT-MIB mipExtOutcomeKind 1.3.6.1.4.1.8072.9999.9999.44.1.3.4.1.2 column not-accessible current MipRequestKind
    MIPV4-EXT-MIB mipExtOutcomeReceived 1.3.6.1.4.1.8072.9999.9999.44.1.3.4.1.3 column read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtOutcomeAccepted 1.3.6.1.4.1.8072.9999.9999.44.1.3.4.1.4 column read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtOutcomeDenied 1.3.6.1.4.1.8072.9999.9999.44.1.3.4.1.5 column read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtOutcomeDiscarded 1.3.6.1.4.1.8072.9999.9999.44.1.3.4.1.6 column read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtDiscardTable 1.3.6.1.4.1.8072.9999.9999.44.1.3.5 table - current -
    MIPV4-EXT-MIB mipExtDiscardEntry 1.3.6.1.4.1.8072.9999.9999.44.1.3.5.1 row - current mipExtDiscardRole,mipExtDiscardReason
    MIPV4-EXT-MIB mipExtDiscardRole 1.3.6.1.4.1.8072.9999.9999.44.1.3.5.1.1 column not-accessible current MipRoleOrDaemon
    MIPV4-EXT-MIB mipExtDiscardReason 1.3.6.1.4.1.8072.9999.9999.44.1.3.5.1.2 column not-accessible current MipDiscardReason
    MIPV4-EXT-MIB mipExtDiscardCount 1.3.6.1.4.1.8072.9999.9999.44.1.3.5.1.3 column read-only current Counter64 datagrams
    MIPV4-EXT-MIB mipExtEndTable 1.3.6.1.4.1.8072.9999.9999.44.1.3.6 table - current -
    MIPV4-EXT-MIB mipExtEndEntry 1.3.6.1.4.1.8072.9999.9999.44.1.3.6.1 row - current mipExtEndRole,mipExtEndReason
    MIPV4-EXT-MIB mipExtEndRole 1.3.6.1.4.1.8072.9999.9999.44.1.3.6.1.1 column not-accessible current MipRole
    MIPV4-EXT-MIB mipExtEndReason 1.3.6.1.4.1.8072.9999.9999.44.1.3.6.1.2 column not-accessible current MipEndReason
    MIPV4-EXT-MIB mipExtEndCount 1.3.6.1.4.1.8072.9999.9999.44.1.3.6.1.3 column read-only current Counter64 endings
    MIPV4-EXT-MIB mipExtHistorySize 1.3.6.1.4.1.8072.9999.9999.44.1.3.7 scalar read-only current Gauge32 rows
    MIPV4-EXT-MIB mipExtHistoryLimit 1.3.6.1.4.1.8072.9999.9999.44.1.3.8 scalar read-write current Unsigned32(0..1000000) rows
    MIPV4-EXT-MIB mipExtHistoryTable 1.3.6.1.4.1.8072.9999.9999.44.1.3.9 table - current -
    MIPV4-EXT-MIB mipExtHistoryEntry 1.3.6.1.4.1.8072.9999.9999.44.1.3.9.1 row - current mipExtHistoryHomeAddress,mipExtHistoryIndex
    MIPV4-EXT-MIB mipExtHistoryHomeAddress 1.3.6.1.4.1.8072.9999.9999.44.1.3.9.1.1 column not-accessible current IpAddress
    MIPV4-EXT-MIB mipExtHistoryIndex 1.3.6.1.4.1.8072.9999.9999.44.1.3.9.1.2 column not-accessible current Unsigned32(1..4294967295)
    MIPV4-EXT-MIB mipExtHistoryRole 1.3.6.1.4.1.8072.9999.9999.44.1.3.9.1.3 column read-only current MipRole
    MIPV4-EXT-MIB mipExtHistoryCareOfAddress 1.3.6.1.4.1.8072.9999.9999.44.1.3.9.1.4 column read-only current IpAddress
    MIPV4-EXT-MIB mipExtHistoryHomeAgent 1.3.6.1.4.1.8072.9999.9999.44.1.3.9.1.5 column read-only current IpAddress
    MIPV4-EXT-MIB mipExtHistoryNAI 1.3.6.1.4.1.8072.9999.9999.44.1.3.9.1.6 column read-only current MipEntityIdentifierNAI
    MIPV4-EXT-MIB mipExtHistoryCreated 1.3.6.1.4.1.8072.9999.9999.44.1.3.9.1.7 column read-only current DateAndTime
    MIPV4-EXT-MIB mipExtHistoryEnded 1.3.6.1.4.1.8072.9999.9999.44.1.3.9.1.8 column read-only current DateAndTime
    MIPV4-EXT-MIB mipExtHistoryEndReason 1.3.6.1.4.1.8072.9999.9999.44.1.3.9.1.9 column read-only current MipEndReason
    MIPV4-EXT-MIB mipExtHistoryRenewals 1.3.6.1.4.1.8072.9999.9999.44.1.3.9.1.10 column read-only current Unsigned32 renewals
    MIPV4-EXT-MIB mipExtHistoryPacketsToNode 1.3.6.1.4.1.8072.9999.9999.44.1.3.9.1.11 column read-only current MipFinalCount packets
    MIPV4-EXT-MIB mipExtHistoryOctetsToNode 1.3.6.1.4.1.8072.9999.9999.44.1.3.9.1.12 column read-only current MipFinalCount octets
    MIPV4-EXT-MIB mipExtHistoryPacketsFromNode 1.3.6.1.4.1.8072.9999.9999.44.1.3.9.1.13 column read-only current MipFinalCount packets
    MIPV4-EXT-MIB mipExtHistoryOctetsFromNode 1.3.6.1.4.1.8072.9999.9999.44.1.3.9.1.14 column read-only current MipFinalCount octets
    MIPV4-EXT-MIB mipExtNodeAddressTable 1.3.6.1.4.1.8072.9999.9999.44.1.3.10 table - current -
    MIPV4-EXT-MIB mipExtNodeAddressEntry 1.3.6.1.4.1.8072.9999.9999.44.1.3.10.1 row - current haMobilityBindingMnIdType,haMobilityBindingMnId,haMobilityBindingMN
    MIPV4-EXT-MIB mipExtNodeAddressNAI 1.3.6.1.4.1.8072.9999.9999.44.1.3.10.1.1 column read-only current MipEntityIdentifierNAI
    MIPV4-EXT-MIB mipExtNodeAddressReceived 1.3.6.1.4.1.8072.9999.9999.44.1.3.10.1.2 column read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtNodeAddressAccepted 1.3.6.1.4.1.8072.9999.9999.44.1.3.10.1.3 column read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtNodeAddressDenied 1.3.6.1.4.1.8072.9999.9999.44.1.3.10.1.4 column read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtNodeAddressServiceTime 1.3.6.1.4.1.8072.9999.9999.44.1.3.10.1.5 column read-only current Gauge32 seconds
    MIPV4-EXT-MIB mipExtNodeAddressServingSince 1.3.6.1.4.1.8072.9999.9999.44.1.3.10.1.6 column read-only current DateAndTime
    MIPV4-EXT-MIB mipExtNodeAddressAcceptedTime 1.3.6.1.4.1.8072.9999.9999.44.1.3.10.1.7 column read-only current DateAndTime
    MIPV4-EXT-MIB mipExtNodeAddressDeniedTime 1.3.6.1.4.1.8072.9999.9999.44.1.3.10.1.8 column read-only current DateAndTime
    MIPV4-EXT-MIB mipExtNodeAddressDeniedCode 1.3.6.1.4.1.8072.9999.9999.44.1.3.10.1.9 column read-only current Unsigned32(0..255)
    MIPV4-EXT-MIB mipExtLogLinesLost 1.3.6.1.4.1.8072.9999.9999.44.1.3.11 scalar read-only current Counter64 lines
    MIPV4-EXT-MIB mipExtHomeAgent 1.3.6.1.4.1.8072.9999.9999.44.1.4 node - - -
    MIPV4-EXT-MIB mipExtBindingTable 1.3.6.1.4.1.8072.9999.9999.44.1.4.1 table - current -
    MIPV4-EXT-MIB mipExtBindingEntry 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1 row - current haMobilityBindingMN,haMobilityBindingCOA
    MIPV4-EXT-MIB mipExtBindingCreated 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.1 column read-only current DateAndTime
    MIPV4-EXT-MIB mipExtBindingRenewed 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.2 column read-only current DateAndTime
    MIPV4-EXT-MIB mipExtBindingRenewals 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.3 column read-only current Counter32 renewals
    MIPV4-EXT-MIB mipExtBindingHandoffs 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.4 column read-only current Counter32 moves
    MIPV4-EXT-MIB mipExtBindingEncapsulation 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.5 column read-only current MipEncapsulation
    MIPV4-EXT-MIB mipExtBindingReverseTunnel 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.6 column read-only current MipReverseTunnel
    MIPV4-EXT-MIB mipExtBindingTunnelLocal 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.7 column read-only current IpAddress
    MIPV4-EXT-MIB mipExtBindingSourcePort 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.8 column read-only current Unsigned32(0..65535)
    MIPV4-EXT-MIB mipExtBindingSPI 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.9 column read-only current Unsigned32
    MIPV4-EXT-MIB mipExtBindingIDHigh 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.10 column read-only current Unsigned32
    MIPV4-EXT-MIB mipExtBindingIDLow 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.11 column read-only current Unsigned32
    MIPV4-EXT-MIB mipExtBindingPacketsToNode 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.12 column read-only current Counter64 packets
    MIPV4-EXT-MIB mipExtBindingOctetsToNode 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.13 column read-only current Counter64 octets
    MIPV4-EXT-MIB mipExtBindingPacketsFromNode 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.14 column read-only current Counter64 packets
    MIPV4-EXT-MIB mipExtBindingOctetsFromNode 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.15 column read-only current Counter64 octets
    MIPV4-EXT-MIB mipExtBindingDiscontinuity 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.16 column read-only current TimeStamp
    MIPV4-EXT-MIB mipExtBindingAdminStatus 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.17 column read-write current Enumeration{active=1,revoke=2}
    MIPV4-EXT-MIB mipExtBindingRevocation 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.18 column read-only current MipRevocationAgreement
    MIPV4-EXT-MIB mipExtBindingService 1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.19 column read-only current SnmpAdminString(0..255)
    MIPV4-EXT-MIB mipExtNodeTable 1.3.6.1.4.1.8072.9999.9999.44.1.4.2 table - current -
    MIPV4-EXT-MIB mipExtNodeEntry 1.3.6.1.4.1.8072.9999.9999.44.1.4.2.1 row - current haMobilityBindingMnIdType,haMobilityBindingMnId
    MIPV4-EXT-MIB mipExtNodeRequestsReceived 1.3.6.1.4.1.8072.9999.9999.44.1.4.2.1.1 column read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtNodeServingSince 1.3.6.1.4.1.8072.9999.9999.44.1.4.2.1.2 column read-only current DateAndTime
    MIPV4-EXT-MIB mipExtHaHandoffs 1.3.6.1.4.1.8072.9999.9999.44.1.4.3 scalar read-only current Counter64 moves
    MIPV4-EXT-MIB mipExtHaDuplicateRequests 1.3.6.1.4.1.8072.9999.9999.44.1.4.4 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtHaExtensionsSkipped 1.3.6.1.4.1.8072.9999.9999.44.1.4.5 scalar read-only current Counter64 extensions
    MIPV4-EXT-MIB mipExtHaReverseTunnelsGranted 1.3.6.1.4.1.8072.9999.9999.44.1.4.6 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtHaBindingsExpired 1.3.6.1.4.1.8072.9999.9999.44.1.4.7 scalar read-only current Counter64 bindings
    MIPV4-EXT-MIB mipExtHaUnsignedExtensionsIgnored 1.3.6.1.4.1.8072.9999.9999.44.1.4.8 scalar read-only current Counter64 extensions
    MIPV4-EXT-MIB mipExtHaDeniedRequestsRepeated 1.3.6.1.4.1.8072.9999.9999.44.1.4.9 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtHaBindingsRestored 1.3.6.1.4.1.8072.9999.9999.44.1.4.10 scalar read-only current Counter64 bindings
    MIPV4-EXT-MIB mipExtHaStrangersDenied 1.3.6.1.4.1.8072.9999.9999.44.1.4.11 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtHaCareOfAddressLoops 1.3.6.1.4.1.8072.9999.9999.44.1.4.12 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtHaRevocationOffers 1.3.6.1.4.1.8072.9999.9999.44.1.4.13 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtHaRevocationsAgreed 1.3.6.1.4.1.8072.9999.9999.44.1.4.14 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtHaRevocationRefusals 1.3.6.1.4.1.8072.9999.9999.44.1.4.15 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtHaRevocationsSent 1.3.6.1.4.1.8072.9999.9999.44.1.4.16 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtHaRevocationsResent 1.3.6.1.4.1.8072.9999.9999.44.1.4.17 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtHaRevocationsAcknowledged 1.3.6.1.4.1.8072.9999.9999.44.1.4.18 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtHaRevocationsUnacknowledged 1.3.6.1.4.1.8072.9999.9999.44.1.4.19 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtHaRevocationsReceived 1.3.6.1.4.1.8072.9999.9999.44.1.4.20 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtHaRevocationsRepeated 1.3.6.1.4.1.8072.9999.9999.44.1.4.21 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtHaMessageStringsSent 1.3.6.1.4.1.8072.9999.9999.44.1.4.22 scalar read-only current Counter64 replies
    MIPV4-EXT-MIB mipExtHaNotificationsSent 1.3.6.1.4.1.8072.9999.9999.44.1.4.23 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtHaNotificationsResent 1.3.6.1.4.1.8072.9999.9999.44.1.4.24 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtHaNotificationsAcknowledged 1.3.6.1.4.1.8072.9999.9999.44.1.4.25 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtHaNotificationsRefused 1.3.6.1.4.1.8072.9999.9999.44.1.4.26 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtHaNotificationsUnacknowledged 1.3.6.1.4.1.8072.9999.9999.44.1.4.27 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtHaNotificationsReceived 1.3.6.1.4.1.8072.9999.9999.44.1.4.28 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtHaNotificationsDenied 1.3.6.1.4.1.8072.9999.9999.44.1.4.29 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtHaDynamicRequests 1.3.6.1.4.1.8072.9999.9999.44.1.4.30 scalar read-only current Counter64 requests
    MIPV4-EXT-MIB mipExtHaDynamicRequestsForOther 1.3.6.1.4.1.8072.9999.9999.44.1.4.31 scalar read-only current Counter64 requests
    MIPV4-EXT-MIB mipExtHaRedirects 1.3.6.1.4.1.8072.9999.9999.44.1.4.32 scalar read-only current Counter64 requests
    MIPV4-EXT-MIB mipExtHaHostConfigurationRequests 1.3.6.1.4.1.8072.9999.9999.44.1.4.33 scalar read-only current Counter64 requests
    MIPV4-EXT-MIB mipExtHaHostConfigurationAnswers 1.3.6.1.4.1.8072.9999.9999.44.1.4.34 scalar read-only current Counter64 replies
    MIPV4-EXT-MIB mipExtHaHostConfigurationTruncated 1.3.6.1.4.1.8072.9999.9999.44.1.4.35 scalar read-only current Counter64 replies
    MIPV4-EXT-MIB mipExtHaServiceRequests 1.3.6.1.4.1.8072.9999.9999.44.1.4.36 scalar read-only current Counter64 requests
    MIPV4-EXT-MIB mipExtHaServiceRefusals 1.3.6.1.4.1.8072.9999.9999.44.1.4.37 scalar read-only current Counter64 requests
    MIPV4-EXT-MIB mipExtHaIdentitiesSent 1.3.6.1.4.1.8072.9999.9999.44.1.4.38 scalar read-only current Counter64 replies
    MIPV4-EXT-MIB mipExtHaIdentitiesReceived 1.3.6.1.4.1.8072.9999.9999.44.1.4.39 scalar read-only current Counter64 requests
    MIPV4-EXT-MIB mipExtHaExperimentalExtensions 1.3.6.1.4.1.8072.9999.9999.44.1.4.40 scalar read-only current Counter64 extensions
    MIPV4-EXT-MIB mipExtHaExperimentalMessages 1.3.6.1.4.1.8072.9999.9999.44.1.4.41 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtHaExperimentalRefusals 1.3.6.1.4.1.8072.9999.9999.44.1.4.42 scalar read-only current Counter64 requests
    MIPV4-EXT-MIB mipExtForeignAgent 1.3.6.1.4.1.8072.9999.9999.44.1.5 node - - -
    MIPV4-EXT-MIB mipExtVisitorTable 1.3.6.1.4.1.8072.9999.9999.44.1.5.1 table - current -
    MIPV4-EXT-MIB mipExtVisitorEntry 1.3.6.1.4.1.8072.9999.9999.44.1.5.1.1 row - current faRegVisitorIdType,faRegVisitorId
    MIPV4-EXT-MIB mipExtVisitorCreated 1.3.6.1.4.1.8072.9999.9999.44.1.5.1.1.1 column read-only current DateAndTime
    MIPV4-EXT-MIB mipExtVisitorState 1.3.6.1.4.1.8072.9999.9999.44.1.5.1.1.2 column read-only current Enumeration{pending=1,accepted=2}
    MIPV4-EXT-MIB mipExtVisitorLifetimeRequested 1.3.6.1.4.1.8072.9999.9999.44.1.5.1.1.3 column read-only current Unsigned32(0..65535) seconds
    MIPV4-EXT-MIB mipExtVisitorSourceAddress 1.3.6.1.4.1.8072.9999.9999.44.1.5.1.1.4 column read-only current IpAddress
    MIPV4-EXT-MIB mipExtVisitorSourcePort 1.3.6.1.4.1.8072.9999.9999.44.1.5.1.1.5 column read-only current Unsigned32(0..65535)
    MIPV4-EXT-MIB mipExtVisitorCareOfAddress 1.3.6.1.4.1.8072.9999.9999.44.1.5.1.1.6 column read-only current IpAddress
    MIPV4-EXT-MIB mipExtVisitorReverseTunnel 1.3.6.1.4.1.8072.9999.9999.44.1.5.1.1.7 column read-only current MipReverseTunnel
    MIPV4-EXT-MIB mipExtVisitorPacketsToNode 1.3.6.1.4.1.8072.9999.9999.44.1.5.1.1.8 column read-only current Counter64 packets
    MIPV4-EXT-MIB mipExtVisitorOctetsToNode 1.3.6.1.4.1.8072.9999.9999.44.1.5.1.1.9 column read-only current Counter64 octets
    MIPV4-EXT-MIB mipExtVisitorPacketsFromNode 1.3.6.1.4.1.8072.9999.9999.44.1.5.1.1.10 column read-only current Counter64 packets
    MIPV4-EXT-MIB mipExtVisitorOctetsFromNode 1.3.6.1.4.1.8072.9999.9999.44.1.5.1.1.11 column read-only current Counter64 octets
    MIPV4-EXT-MIB mipExtVisitorDiscontinuity 1.3.6.1.4.1.8072.9999.9999.44.1.5.1.1.12 column read-only current TimeStamp
    MIPV4-EXT-MIB mipExtVisitorRevocation 1.3.6.1.4.1.8072.9999.9999.44.1.5.1.1.13 column read-only current MipRevocationAgreement
    MIPV4-EXT-MIB mipExtVisitorAdminStatus 1.3.6.1.4.1.8072.9999.9999.44.1.5.1.1.14 column read-write current Enumeration{active=1,revoke=2}
    MIPV4-EXT-MIB mipExtVisitorService 1.3.6.1.4.1.8072.9999.9999.44.1.5.1.1.15 column read-only current SnmpAdminString(0..255)
    MIPV4-EXT-MIB mipExtPendingTable 1.3.6.1.4.1.8072.9999.9999.44.1.5.2 table - current -
    MIPV4-EXT-MIB mipExtPendingEntry 1.3.6.1.4.1.8072.9999.9999.44.1.5.2.1 row - current mipExtPendingIdType,mipExtPendingId
    MIPV4-EXT-MIB mipExtPendingIdType 1.3.6.1.4.1.8072.9999.9999.44.1.5.2.1.1 column not-accessible current MipEntityIdentifierType
    MIPV4-EXT-MIB mipExtPendingId 1.3.6.1.4.1.8072.9999.9999.44.1.5.2.1.2 column not-accessible current MipEntityIdentifier
    MIPV4-EXT-MIB mipExtPendingHomeAddress 1.3.6.1.4.1.8072.9999.9999.44.1.5.2.1.3 column read-only current IpAddress
    MIPV4-EXT-MIB mipExtPendingHomeAgent 1.3.6.1.4.1.8072.9999.9999.44.1.5.2.1.4 column read-only current IpAddress
    MIPV4-EXT-MIB mipExtPendingKind 1.3.6.1.4.1.8072.9999.9999.44.1.5.2.1.5 column read-only current MipRequestKind
    MIPV4-EXT-MIB mipExtPendingSent 1.3.6.1.4.1.8072.9999.9999.44.1.5.2.1.6 column read-only current DateAndTime
    MIPV4-EXT-MIB mipExtPendingRetransmissions 1.3.6.1.4.1.8072.9999.9999.44.1.5.2.1.7 column read-only current Gauge32 messages
    MIPV4-EXT-MIB mipExtPendingTimeRemaining 1.3.6.1.4.1.8072.9999.9999.44.1.5.2.1.8 column read-only current Gauge32 milliseconds
    MIPV4-EXT-MIB mipExtFaDuplicateRequests 1.3.6.1.4.1.8072.9999.9999.44.1.5.3 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtFaExtensionsSkipped 1.3.6.1.4.1.8072.9999.9999.44.1.5.4 scalar read-only current Counter64 extensions
    MIPV4-EXT-MIB mipExtFaReverseTunnelsGranted 1.3.6.1.4.1.8072.9999.9999.44.1.5.5 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtFaEncapsulatingDeliveries 1.3.6.1.4.1.8072.9999.9999.44.1.5.6 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtFaChallengesAdvertised 1.3.6.1.4.1.8072.9999.9999.44.1.5.7 scalar read-only current Counter64 challenges
    MIPV4-EXT-MIB mipExtFaChallengesInReplies 1.3.6.1.4.1.8072.9999.9999.44.1.5.8 scalar read-only current Counter64 challenges
    MIPV4-EXT-MIB mipExtFaChallengesAccepted 1.3.6.1.4.1.8072.9999.9999.44.1.5.9 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtFaPendingTimeouts 1.3.6.1.4.1.8072.9999.9999.44.1.5.10 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtFaVisitorsExpired 1.3.6.1.4.1.8072.9999.9999.44.1.5.11 scalar read-only current Counter64 visits
    MIPV4-EXT-MIB mipExtFaUnsignedExtensionsIgnored 1.3.6.1.4.1.8072.9999.9999.44.1.5.12 scalar read-only current Counter64 extensions
    MIPV4-EXT-MIB mipExtFaPendingGivenUp 1.3.6.1.4.1.8072.9999.9999.44.1.5.14 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtFaShareRefusals 1.3.6.1.4.1.8072.9999.9999.44.1.5.15 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtFaUnprovenHomeAgentRefusals 1.3.6.1.4.1.8072.9999.9999.44.1.5.16 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtFaUnlistedHomeAgentRefusals 1.3.6.1.4.1.8072.9999.9999.44.1.5.17 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtFaIcmpErrorsAccepted 1.3.6.1.4.1.8072.9999.9999.44.1.5.18 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtFaIcmpErrorsIgnored 1.3.6.1.4.1.8072.9999.9999.44.1.5.19 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtFaRevocationOffers 1.3.6.1.4.1.8072.9999.9999.44.1.5.20 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtFaRevocationsAgreed 1.3.6.1.4.1.8072.9999.9999.44.1.5.21 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtFaRevocationRefusals 1.3.6.1.4.1.8072.9999.9999.44.1.5.22 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtFaRevocationsSent 1.3.6.1.4.1.8072.9999.9999.44.1.5.23 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtFaRevocationsResent 1.3.6.1.4.1.8072.9999.9999.44.1.5.24 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtFaRevocationsAcknowledged 1.3.6.1.4.1.8072.9999.9999.44.1.5.25 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtFaRevocationsUnacknowledged 1.3.6.1.4.1.8072.9999.9999.44.1.5.26 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtFaRevocationsReceived 1.3.6.1.4.1.8072.9999.9999.44.1.5.27 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtFaRevocationsRepeated 1.3.6.1.4.1.8072.9999.9999.44.1.5.28 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtFaVisitorsInformed 1.3.6.1.4.1.8072.9999.9999.44.1.5.29 scalar read-only current Counter64 visitors
    MIPV4-EXT-MIB mipExtFaMessageStringsSent 1.3.6.1.4.1.8072.9999.9999.44.1.5.30 scalar read-only current Counter64 replies
    MIPV4-EXT-MIB mipExtFaErrorExtensionsSent 1.3.6.1.4.1.8072.9999.9999.44.1.5.31 scalar read-only current Counter64 replies
    MIPV4-EXT-MIB mipExtFaNotificationsSent 1.3.6.1.4.1.8072.9999.9999.44.1.5.32 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtFaNotificationsResent 1.3.6.1.4.1.8072.9999.9999.44.1.5.33 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtFaNotificationsAcknowledged 1.3.6.1.4.1.8072.9999.9999.44.1.5.34 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtFaNotificationsRefused 1.3.6.1.4.1.8072.9999.9999.44.1.5.35 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtFaNotificationsUnacknowledged 1.3.6.1.4.1.8072.9999.9999.44.1.5.36 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtFaNotificationsReceived 1.3.6.1.4.1.8072.9999.9999.44.1.5.37 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtFaNotificationsDenied 1.3.6.1.4.1.8072.9999.9999.44.1.5.38 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtFaNotificationsRelayed 1.3.6.1.4.1.8072.9999.9999.44.1.5.39 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtFaDynamicRequests 1.3.6.1.4.1.8072.9999.9999.44.1.5.40 scalar read-only current Counter64 requests
    MIPV4-EXT-MIB mipExtFaDynamicRequestsWithHa 1.3.6.1.4.1.8072.9999.9999.44.1.5.41 scalar read-only current Counter64 requests
    MIPV4-EXT-MIB mipExtFaServicesAdded 1.3.6.1.4.1.8072.9999.9999.44.1.5.42 scalar read-only current Counter64 requests
    MIPV4-EXT-MIB mipExtFaServiceEchoesRemoved 1.3.6.1.4.1.8072.9999.9999.44.1.5.43 scalar read-only current Counter64 replies
    MIPV4-EXT-MIB mipExtFaIdentitiesPassed 1.3.6.1.4.1.8072.9999.9999.44.1.5.44 scalar read-only current Counter64 requests
    MIPV4-EXT-MIB mipExtFaExperimentalExtensions 1.3.6.1.4.1.8072.9999.9999.44.1.5.45 scalar read-only current Counter64 extensions
    MIPV4-EXT-MIB mipExtFaExperimentalMessages 1.3.6.1.4.1.8072.9999.9999.44.1.5.46 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtFaExperimentalRefusals 1.3.6.1.4.1.8072.9999.9999.44.1.5.47 scalar read-only current Counter64 requests
    MIPV4-EXT-MIB mipExtMobileNode 1.3.6.1.4.1.8072.9999.9999.44.1.6 node - - -
    MIPV4-EXT-MIB mipExtHeardTable 1.3.6.1.4.1.8072.9999.9999.44.1.6.1 table - current -
    MIPV4-EXT-MIB mipExtHeardEntry 1.3.6.1.4.1.8072.9999.9999.44.1.6.1.1 row - current mnFAAddress,mnCOA
    MIPV4-EXT-MIB mipExtHeardFlags 1.3.6.1.4.1.8072.9999.9999.44.1.6.1.1.1 column read-only current MipAdvertFlags
    MIPV4-EXT-MIB mipExtHeardSequence 1.3.6.1.4.1.8072.9999.9999.44.1.6.1.1.2 column read-only current Unsigned32(0..65535)
    MIPV4-EXT-MIB mipExtHeardLifetime 1.3.6.1.4.1.8072.9999.9999.44.1.6.1.1.3 column read-only current Unsigned32(0..65535) seconds
    MIPV4-EXT-MIB mipExtHeardTime 1.3.6.1.4.1.8072.9999.9999.44.1.6.1.1.4 column read-only current DateAndTime
    MIPV4-EXT-MIB mipExtHeardExpires 1.3.6.1.4.1.8072.9999.9999.44.1.6.1.1.5 column read-only current DateAndTime
    MIPV4-EXT-MIB mipExtMnChallengesAnswered 1.3.6.1.4.1.8072.9999.9999.44.1.6.2 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtMnRepliesDroppedCvse 1.3.6.1.4.1.8072.9999.9999.44.1.6.3 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtMnNvsesIgnored 1.3.6.1.4.1.8072.9999.9999.44.1.6.4 scalar read-only current Counter64 extensions
    MIPV4-EXT-MIB mipExtMnPacketsToNode 1.3.6.1.4.1.8072.9999.9999.44.1.6.5 scalar read-only current Counter64 packets
    MIPV4-EXT-MIB mipExtMnOctetsToNode 1.3.6.1.4.1.8072.9999.9999.44.1.6.6 scalar read-only current Counter64 octets
    MIPV4-EXT-MIB mipExtMnPacketsFromNode 1.3.6.1.4.1.8072.9999.9999.44.1.6.7 scalar read-only current Counter64 packets
    MIPV4-EXT-MIB mipExtMnOctetsFromNode 1.3.6.1.4.1.8072.9999.9999.44.1.6.8 scalar read-only current Counter64 octets
    MIPV4-EXT-MIB mipExtMnUnsignedExtensionsIgnored 1.3.6.1.4.1.8072.9999.9999.44.1.6.9 scalar read-only current Counter64 extensions
    MIPV4-EXT-MIB mipExtMnRevocationsAgreed 1.3.6.1.4.1.8072.9999.9999.44.1.6.10 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtMnRevocationsReceived 1.3.6.1.4.1.8072.9999.9999.44.1.6.11 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtMnRevocationsRepeated 1.3.6.1.4.1.8072.9999.9999.44.1.6.12 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtMnRevocationsDiscarded 1.3.6.1.4.1.8072.9999.9999.44.1.6.13 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtMnMessageStringsReceived 1.3.6.1.4.1.8072.9999.9999.44.1.6.14 scalar read-only current Counter64 texts
    MIPV4-EXT-MIB mipExtMnMessageStringsInvalid 1.3.6.1.4.1.8072.9999.9999.44.1.6.15 scalar read-only current Counter64 texts
    MIPV4-EXT-MIB mipExtMnErrorExtensionsReceived 1.3.6.1.4.1.8072.9999.9999.44.1.6.16 scalar read-only current Counter64 replies
    MIPV4-EXT-MIB mipExtMnErrorExtensionsUnsigned 1.3.6.1.4.1.8072.9999.9999.44.1.6.17 scalar read-only current Counter64 replies
    MIPV4-EXT-MIB mipExtMnErrorExtensionsOverruled 1.3.6.1.4.1.8072.9999.9999.44.1.6.18 scalar read-only current Counter64 replies
    MIPV4-EXT-MIB mipExtMnDeregistrationsAfterError 1.3.6.1.4.1.8072.9999.9999.44.1.6.19 scalar read-only current Counter64 requests
    MIPV4-EXT-MIB mipExtMnHaMessage 1.3.6.1.4.1.8072.9999.9999.44.1.6.20 scalar read-only current SnmpAdminString(0..255)
    MIPV4-EXT-MIB mipExtMnHaMessageAgent 1.3.6.1.4.1.8072.9999.9999.44.1.6.21 scalar read-only current IpAddress
    MIPV4-EXT-MIB mipExtMnHaMessageCode 1.3.6.1.4.1.8072.9999.9999.44.1.6.22 scalar read-only current Unsigned32(0..255)
    MIPV4-EXT-MIB mipExtMnHaMessageAuthenticated 1.3.6.1.4.1.8072.9999.9999.44.1.6.23 scalar read-only current TruthValue
    MIPV4-EXT-MIB mipExtMnHaMessageTime 1.3.6.1.4.1.8072.9999.9999.44.1.6.24 scalar read-only current DateAndTime
    MIPV4-EXT-MIB mipExtMnFaMessage 1.3.6.1.4.1.8072.9999.9999.44.1.6.25 scalar read-only current SnmpAdminString(0..255)
    MIPV4-EXT-MIB mipExtMnFaMessageAgent 1.3.6.1.4.1.8072.9999.9999.44.1.6.26 scalar read-only current IpAddress
    MIPV4-EXT-MIB mipExtMnFaMessageCode 1.3.6.1.4.1.8072.9999.9999.44.1.6.27 scalar read-only current Unsigned32(0..255)
    MIPV4-EXT-MIB mipExtMnFaMessageAuthenticated 1.3.6.1.4.1.8072.9999.9999.44.1.6.28 scalar read-only current TruthValue
    MIPV4-EXT-MIB mipExtMnFaMessageTime 1.3.6.1.4.1.8072.9999.9999.44.1.6.29 scalar read-only current DateAndTime
    MIPV4-EXT-MIB mipExtMnFaErrorStatus 1.3.6.1.4.1.8072.9999.9999.44.1.6.30 scalar read-only current Unsigned32(0..255)
    MIPV4-EXT-MIB mipExtMnFaErrorCode 1.3.6.1.4.1.8072.9999.9999.44.1.6.31 scalar read-only current Unsigned32(0..255)
    MIPV4-EXT-MIB mipExtMnFaErrorAgent 1.3.6.1.4.1.8072.9999.9999.44.1.6.32 scalar read-only current IpAddress
    MIPV4-EXT-MIB mipExtMnFaErrorAuthenticated 1.3.6.1.4.1.8072.9999.9999.44.1.6.33 scalar read-only current TruthValue
    MIPV4-EXT-MIB mipExtMnFaErrorTime 1.3.6.1.4.1.8072.9999.9999.44.1.6.34 scalar read-only current DateAndTime
    MIPV4-EXT-MIB mipExtMnNotificationsSent 1.3.6.1.4.1.8072.9999.9999.44.1.6.35 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtMnNotificationsResent 1.3.6.1.4.1.8072.9999.9999.44.1.6.36 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtMnNotificationsAcknowledged 1.3.6.1.4.1.8072.9999.9999.44.1.6.37 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtMnNotificationsRefused 1.3.6.1.4.1.8072.9999.9999.44.1.6.38 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtMnNotificationsUnacknowledged 1.3.6.1.4.1.8072.9999.9999.44.1.6.39 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtMnNotificationsReceived 1.3.6.1.4.1.8072.9999.9999.44.1.6.40 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtMnNotificationsDenied 1.3.6.1.4.1.8072.9999.9999.44.1.6.41 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtMnDynamicRequests 1.3.6.1.4.1.8072.9999.9999.44.1.6.42 scalar read-only current Counter64 requests
    MIPV4-EXT-MIB mipExtMnRedirects 1.3.6.1.4.1.8072.9999.9999.44.1.6.43 scalar read-only current Counter64 replies
    MIPV4-EXT-MIB mipExtMnRedirectLoops 1.3.6.1.4.1.8072.9999.9999.44.1.6.44 scalar read-only current Counter64 replies
    MIPV4-EXT-MIB mipExtMnDynamicFallbacks 1.3.6.1.4.1.8072.9999.9999.44.1.6.45 scalar read-only current Counter64 searches
    MIPV4-EXT-MIB mipExtMnHostConfigurations 1.3.6.1.4.1.8072.9999.9999.44.1.6.46 scalar read-only current Counter64 replies
    MIPV4-EXT-MIB mipExtMnHostConfigurationsIgnored 1.3.6.1.4.1.8072.9999.9999.44.1.6.47 scalar read-only current Counter64 values
    MIPV4-EXT-MIB mipExtMnServiceRefusals 1.3.6.1.4.1.8072.9999.9999.44.1.6.48 scalar read-only current Counter64 replies
    MIPV4-EXT-MIB mipExtMnIdentitiesReceived 1.3.6.1.4.1.8072.9999.9999.44.1.6.49 scalar read-only current Counter64 replies
    MIPV4-EXT-MIB mipExtMnExperimentalExtensions 1.3.6.1.4.1.8072.9999.9999.44.1.6.50 scalar read-only current Counter64 extensions
    MIPV4-EXT-MIB mipExtMnExperimentalMessages 1.3.6.1.4.1.8072.9999.9999.44.1.6.51 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtMnSearchState 1.3.6.1.4.1.8072.9999.9999.44.1.6.52 scalar read-only current MipHomeAgentSearchState
    MIPV4-EXT-MIB mipExtMnSearchHomeAgent 1.3.6.1.4.1.8072.9999.9999.44.1.6.53 scalar read-only current IpAddress
    MIPV4-EXT-MIB mipExtMnSearchSource 1.3.6.1.4.1.8072.9999.9999.44.1.6.54 scalar read-only current MipHomeAgentSource
    MIPV4-EXT-MIB mipExtMnSearchRedirects 1.3.6.1.4.1.8072.9999.9999.44.1.6.55 scalar read-only current SnmpAdminString(0..127)
    MIPV4-EXT-MIB mipExtMnHostPrefixLength 1.3.6.1.4.1.8072.9999.9999.44.1.6.56 scalar read-only current Unsigned32(0..32) bits
    MIPV4-EXT-MIB mipExtMnHostNameServers 1.3.6.1.4.1.8072.9999.9999.44.1.6.57 scalar read-only current SnmpAdminString(0..255)
    MIPV4-EXT-MIB mipExtMnHostDhcpServer 1.3.6.1.4.1.8072.9999.9999.44.1.6.58 scalar read-only current IpAddress
    MIPV4-EXT-MIB mipExtMnHostGateway 1.3.6.1.4.1.8072.9999.9999.44.1.6.59 scalar read-only current IpAddress
    MIPV4-EXT-MIB mipExtMnHostSuffix 1.3.6.1.4.1.8072.9999.9999.44.1.6.60 scalar read-only current SnmpAdminString(0..255)
    MIPV4-EXT-MIB mipExtMnHostURL 1.3.6.1.4.1.8072.9999.9999.44.1.6.61 scalar read-only current SnmpAdminString(0..255)
    MIPV4-EXT-MIB mipExtMnHostTime 1.3.6.1.4.1.8072.9999.9999.44.1.6.62 scalar read-only current DateAndTime
    MIPV4-EXT-MIB mipExtMnHostApplied 1.3.6.1.4.1.8072.9999.9999.44.1.6.63 scalar read-only current TruthValue
    MIPV4-EXT-MIB mipExtMnHomeAgentIdentity 1.3.6.1.4.1.8072.9999.9999.44.1.6.64 scalar read-only current MipEntityIdentifierNAI
    MIPV4-EXT-MIB mipExtMnHomeAAAIdentity 1.3.6.1.4.1.8072.9999.9999.44.1.6.65 scalar read-only current MipEntityIdentifierNAI
    MIPV4-EXT-MIB mipExtMnService 1.3.6.1.4.1.8072.9999.9999.44.1.6.66 scalar read-only current SnmpAdminString(0..255)
    MIPV4-EXT-MIB mipExtForwarding 1.3.6.1.4.1.8072.9999.9999.44.1.7 node - - -
    MIPV4-EXT-MIB mipExtTunnelTable 1.3.6.1.4.1.8072.9999.9999.44.1.7.1 table - current -
    MIPV4-EXT-MIB mipExtTunnelEntry 1.3.6.1.4.1.8072.9999.9999.44.1.7.1.1 row - current mipExtTunnelLocal,mipExtTunnelRemote,mipExtTunnelEncapsulation
    MIPV4-EXT-MIB mipExtTunnelLocal 1.3.6.1.4.1.8072.9999.9999.44.1.7.1.1.1 column not-accessible current IpAddress
    MIPV4-EXT-MIB mipExtTunnelRemote 1.3.6.1.4.1.8072.9999.9999.44.1.7.1.1.2 column not-accessible current IpAddress
    MIPV4-EXT-MIB mipExtTunnelEncapsulation 1.3.6.1.4.1.8072.9999.9999.44.1.7.1.1.3 column not-accessible current MipEncapsulation
    MIPV4-EXT-MIB mipExtTunnelUsers 1.3.6.1.4.1.8072.9999.9999.44.1.7.1.1.4 column read-only current Gauge32 users
    MIPV4-EXT-MIB mipExtTunnelPacketsSent 1.3.6.1.4.1.8072.9999.9999.44.1.7.1.1.5 column read-only current Counter64 packets
    MIPV4-EXT-MIB mipExtTunnelOctetsSent 1.3.6.1.4.1.8072.9999.9999.44.1.7.1.1.6 column read-only current Counter64 octets
    MIPV4-EXT-MIB mipExtTunnelPacketsReceived 1.3.6.1.4.1.8072.9999.9999.44.1.7.1.1.7 column read-only current Counter64 packets
    MIPV4-EXT-MIB mipExtTunnelOctetsReceived 1.3.6.1.4.1.8072.9999.9999.44.1.7.1.1.8 column read-only current Counter64 octets
    MIPV4-EXT-MIB mipExtTunnelDiscontinuity 1.3.6.1.4.1.8072.9999.9999.44.1.7.1.1.9 column read-only current TimeStamp
    MIPV4-EXT-MIB mipExtDropTable 1.3.6.1.4.1.8072.9999.9999.44.1.7.2 table - current -
    MIPV4-EXT-MIB mipExtDropEntry 1.3.6.1.4.1.8072.9999.9999.44.1.7.2.1 row - current mipExtDropReason
    MIPV4-EXT-MIB mipExtDropReason 1.3.6.1.4.1.8072.9999.9999.44.1.7.2.1.1 column not-accessible current MipDropReason
    MIPV4-EXT-MIB mipExtDropCount 1.3.6.1.4.1.8072.9999.9999.44.1.7.2.1.2 column read-only current Counter64 packets
    MIPV4-EXT-MIB mipExtIcmpErrorsSent 1.3.6.1.4.1.8072.9999.9999.44.1.7.3 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtFragmentsSent 1.3.6.1.4.1.8072.9999.9999.44.1.7.4 scalar read-only current Counter64 packets
    MIPV4-EXT-MIB mipExtPathMtuErrorsAccepted 1.3.6.1.4.1.8072.9999.9999.44.1.7.5 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtPathMtuErrorsIgnored 1.3.6.1.4.1.8072.9999.9999.44.1.7.6 scalar read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtSecurity 1.3.6.1.4.1.8072.9999.9999.44.1.8 node - - -
    MIPV4-EXT-MIB mipExtAssocTable 1.3.6.1.4.1.8072.9999.9999.44.1.8.1 table - current -
    MIPV4-EXT-MIB mipExtAssocEntry 1.3.6.1.4.1.8072.9999.9999.44.1.8.1.1 row - current mipSecurityPeerIdType,mipSecurityPeerId,mipSecuritySPI
    MIPV4-EXT-MIB mipExtAssocPeerRole 1.3.6.1.4.1.8072.9999.9999.44.1.8.1.1.1 column read-create current MipRole
    MIPV4-EXT-MIB mipExtAssocLastUsed 1.3.6.1.4.1.8072.9999.9999.44.1.8.1.1.2 column read-only current DateAndTime
    MIPV4-EXT-MIB mipExtAssocAccepted 1.3.6.1.4.1.8072.9999.9999.44.1.8.1.1.3 column read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtAssocAuthFailures 1.3.6.1.4.1.8072.9999.9999.44.1.8.1.1.4 column read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtAssocReplayFailures 1.3.6.1.4.1.8072.9999.9999.44.1.8.1.1.5 column read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtAssocClockOffset 1.3.6.1.4.1.8072.9999.9999.44.1.8.1.1.6 column read-only current Integer32 milliseconds
    MIPV4-EXT-MIB mipExtAdvertising 1.3.6.1.4.1.8072.9999.9999.44.1.9 node - - -
    MIPV4-EXT-MIB mipExtAdvertTable 1.3.6.1.4.1.8072.9999.9999.44.1.9.1 table - current -
    MIPV4-EXT-MIB mipExtAdvertEntry 1.3.6.1.4.1.8072.9999.9999.44.1.9.1.1 row - current maAdvertIfIndex,mipExtAdvertAddress
    MIPV4-EXT-MIB mipExtAdvertAddress 1.3.6.1.4.1.8072.9999.9999.44.1.9.1.1.1 column not-accessible current IpAddress
    MIPV4-EXT-MIB mipExtAdvertInterfaceName 1.3.6.1.4.1.8072.9999.9999.44.1.9.1.1.2 column read-only current SnmpAdminString(0..255)
    MIPV4-EXT-MIB mipExtAdvertPrefixLength 1.3.6.1.4.1.8072.9999.9999.44.1.9.1.1.3 column read-only current Unsigned32(0..32) bits
    MIPV4-EXT-MIB mipExtAdvertFlags 1.3.6.1.4.1.8072.9999.9999.44.1.9.1.1.4 column read-only current MipAdvertFlags
    MIPV4-EXT-MIB mipExtAdvertSequence 1.3.6.1.4.1.8072.9999.9999.44.1.9.1.1.5 column read-only current Unsigned32(0..65535)
    MIPV4-EXT-MIB mipExtAdvertLastSent 1.3.6.1.4.1.8072.9999.9999.44.1.9.1.1.6 column read-only current DateAndTime
    MIPV4-EXT-MIB mipExtAdvertSent 1.3.6.1.4.1.8072.9999.9999.44.1.9.1.1.7 column read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtAdvertSentForSolicitation 1.3.6.1.4.1.8072.9999.9999.44.1.9.1.1.8 column read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtAdvertSolicitations 1.3.6.1.4.1.8072.9999.9999.44.1.9.1.1.9 column read-only current Counter64 messages
    MIPV4-EXT-MIB mipExtAdvertChallengeLength 1.3.6.1.4.1.8072.9999.9999.44.1.9.1.1.10 column read-only current Unsigned32(0..255) octets
    MIPV4-EXT-MIB mipExtAdvertRoutesCommonTraffic 1.3.6.1.4.1.8072.9999.9999.44.1.9.1.1.11 column read-only current TruthValue
    MIPV4-EXT-MIB mipExtNotify 1.3.6.1.4.1.8072.9999.9999.44.1.10 node - - -
    MIPV4-EXT-MIB mipExtNotifyTable 1.3.6.1.4.1.8072.9999.9999.44.1.10.1 table - current -
    MIPV4-EXT-MIB mipExtNotifyEntry 1.3.6.1.4.1.8072.9999.9999.44.1.10.1.1 row - current mipExtNotifyKind
    MIPV4-EXT-MIB mipExtNotifyKind 1.3.6.1.4.1.8072.9999.9999.44.1.10.1.1.1 column not-accessible current MipNotifyKind
    MIPV4-EXT-MIB mipExtNotifyEnabled 1.3.6.1.4.1.8072.9999.9999.44.1.10.1.1.2 column read-write current TruthValue
    MIPV4-EXT-MIB mipExtNotifySent 1.3.6.1.4.1.8072.9999.9999.44.1.10.1.1.3 column read-only current Counter32 notifications
    MIPV4-EXT-MIB mipExtNotifySuppressed 1.3.6.1.4.1.8072.9999.9999.44.1.10.1.1.4 column read-only current Counter32 notifications
    MIPV4-EXT-MIB mipExtNotifyNodeInterval 1.3.6.1.4.1.8072.9999.9999.44.1.10.2 scalar read-write current Unsigned32(0..3600) seconds
    MIPV4-EXT-MIB mipExtNotifyMaximumRate 1.3.6.1.4.1.8072.9999.9999.44.1.10.3 scalar read-write current Unsigned32(0..60000) notifications per minute
    MIPV4-EXT-MIB mipExtNotifyContent 1.3.6.1.4.1.8072.9999.9999.44.1.10.4 node - - -
    MIPV4-EXT-MIB mipExtNotifyRole 1.3.6.1.4.1.8072.9999.9999.44.1.10.4.1 scalar accessible-for-notify current MipRole
    MIPV4-EXT-MIB mipExtNotifyTime 1.3.6.1.4.1.8072.9999.9999.44.1.10.4.2 scalar accessible-for-notify current DateAndTime
    MIPV4-EXT-MIB mipExtNotifyHomeAddress 1.3.6.1.4.1.8072.9999.9999.44.1.10.4.3 scalar accessible-for-notify current IpAddress
    MIPV4-EXT-MIB mipExtNotifyNAI 1.3.6.1.4.1.8072.9999.9999.44.1.10.4.4 scalar accessible-for-notify current MipEntityIdentifierNAI
    MIPV4-EXT-MIB mipExtNotifyCareOfAddress 1.3.6.1.4.1.8072.9999.9999.44.1.10.4.5 scalar accessible-for-notify current IpAddress
    MIPV4-EXT-MIB mipExtNotifyPreviousCOA 1.3.6.1.4.1.8072.9999.9999.44.1.10.4.6 scalar accessible-for-notify current IpAddress
    MIPV4-EXT-MIB mipExtNotifyHomeAgent 1.3.6.1.4.1.8072.9999.9999.44.1.10.4.7 scalar accessible-for-notify current IpAddress
    MIPV4-EXT-MIB mipExtNotifySourceAddress 1.3.6.1.4.1.8072.9999.9999.44.1.10.4.8 scalar accessible-for-notify current IpAddress
    MIPV4-EXT-MIB mipExtNotifyCode 1.3.6.1.4.1.8072.9999.9999.44.1.10.4.9 scalar accessible-for-notify current Unsigned32(0..255)
    MIPV4-EXT-MIB mipExtNotifyMessage 1.3.6.1.4.1.8072.9999.9999.44.1.10.4.10 scalar accessible-for-notify current SnmpAdminString(0..255)
    MIPV4-EXT-MIB mipExtSignalling 1.3.6.1.4.1.8072.9999.9999.44.1.11 node - - -
    MIPV4-EXT-MIB mipExtRevocation 1.3.6.1.4.1.8072.9999.9999.44.1.11.1 scalar read-write current TruthValue
    MIPV4-EXT-MIB mipExtRevocationRequired 1.3.6.1.4.1.8072.9999.9999.44.1.11.2 scalar read-write current TruthValue
    MIPV4-EXT-MIB mipExtRevocationInforming 1.3.6.1.4.1.8072.9999.9999.44.1.11.3 scalar read-write current TruthValue
    MIPV4-EXT-MIB mipExtRetransmissionTimeout 1.3.6.1.4.1.8072.9999.9999.44.1.11.4 scalar read-write current Unsigned32(1..60) seconds
    MIPV4-EXT-MIB mipExtRetransmissionTries 1.3.6.1.4.1.8072.9999.9999.44.1.11.5 scalar read-write current Unsigned32(1..16) tries
    MIPV4-EXT-MIB mipExtExchangeTable 1.3.6.1.4.1.8072.9999.9999.44.1.11.6 table - current -
    MIPV4-EXT-MIB mipExtExchangeEntry 1.3.6.1.4.1.8072.9999.9999.44.1.11.6.1 row - current mipExtExchangeNumber
    MIPV4-EXT-MIB mipExtExchangeNumber 1.3.6.1.4.1.8072.9999.9999.44.1.11.6.1.1 column not-accessible current Unsigned32(1..4294967295)
    MIPV4-EXT-MIB mipExtExchangeKind 1.3.6.1.4.1.8072.9999.9999.44.1.11.6.1.2 column read-only current MipExchangeKind
    MIPV4-EXT-MIB mipExtExchangeRole 1.3.6.1.4.1.8072.9999.9999.44.1.11.6.1.3 column read-only current MipRole
    MIPV4-EXT-MIB mipExtExchangePeer 1.3.6.1.4.1.8072.9999.9999.44.1.11.6.1.4 column read-only current IpAddress
    MIPV4-EXT-MIB mipExtExchangePeerRole 1.3.6.1.4.1.8072.9999.9999.44.1.11.6.1.5 column read-only current MipRole
    MIPV4-EXT-MIB mipExtExchangeHomeAddress 1.3.6.1.4.1.8072.9999.9999.44.1.11.6.1.6 column read-only current IpAddress
    MIPV4-EXT-MIB mipExtExchangeNAI 1.3.6.1.4.1.8072.9999.9999.44.1.11.6.1.7 column read-only current MipEntityIdentifierNAI
    MIPV4-EXT-MIB mipExtExchangeHomeAgent 1.3.6.1.4.1.8072.9999.9999.44.1.11.6.1.8 column read-only current IpAddress
    MIPV4-EXT-MIB mipExtExchangeCareOfAddress 1.3.6.1.4.1.8072.9999.9999.44.1.11.6.1.9 column read-only current IpAddress
    MIPV4-EXT-MIB mipExtExchangeState 1.3.6.1.4.1.8072.9999.9999.44.1.11.6.1.10 column read-only current MipExchangeState
    MIPV4-EXT-MIB mipExtExchangeTries 1.3.6.1.4.1.8072.9999.9999.44.1.11.6.1.11 column read-only current Gauge32 messages
    MIPV4-EXT-MIB mipExtExchangeStarted 1.3.6.1.4.1.8072.9999.9999.44.1.11.6.1.12 column read-only current DateAndTime
    MIPV4-EXT-MIB mipExtExchangeNextTry 1.3.6.1.4.1.8072.9999.9999.44.1.11.6.1.13 column read-only current DateAndTime
    MIPV4-EXT-MIB mipExtExchangeEnded 1.3.6.1.4.1.8072.9999.9999.44.1.11.6.1.14 column read-only current DateAndTime
    MIPV4-EXT-MIB mipExtExchangeDelay 1.3.6.1.4.1.8072.9999.9999.44.1.11.6.1.15 column read-only current Gauge32 milliseconds
    MIPV4-EXT-MIB mipExtExchangeCode 1.3.6.1.4.1.8072.9999.9999.44.1.11.6.1.16 column read-only current Unsigned32(0..255)
    MIPV4-EXT-MIB mipExtExchangeReason 1.3.6.1.4.1.8072.9999.9999.44.1.11.6.1.17 column read-only current MipEndReason
    MIPV4-EXT-MIB mipExtExchangeInformsNode 1.3.6.1.4.1.8072.9999.9999.44.1.11.6.1.18 column read-only current TruthValue
    MIPV4-EXT-MIB mipExtExchangeText 1.3.6.1.4.1.8072.9999.9999.44.1.11.6.1.19 column read-only current SnmpAdminString(0..255)
    MIPV4-EXT-MIB mipExtGenericNotifications 1.3.6.1.4.1.8072.9999.9999.44.1.11.7 scalar read-write current TruthValue
    MIPV4-EXT-MIB mipExtNotificationDirections 1.3.6.1.4.1.8072.9999.9999.44.1.11.8 scalar read-write current Unsigned32(0..63)
    MIPV4-EXT-MIB mipExtSendTo 1.3.6.1.4.1.8072.9999.9999.44.1.11.9 scalar read-write current MipRole
    MIPV4-EXT-MIB mipExtSendPrefix 1.3.6.1.4.1.8072.9999.9999.44.1.11.10 scalar read-write current IpAddress
    MIPV4-EXT-MIB mipExtSendPrefixLength 1.3.6.1.4.1.8072.9999.9999.44.1.11.11 scalar read-write current Unsigned32(0..32) bits
    MIPV4-EXT-MIB mipExtSendNAI 1.3.6.1.4.1.8072.9999.9999.44.1.11.12 scalar read-write current MipEntityIdentifierNAI
    MIPV4-EXT-MIB mipExtSendAcknowledged 1.3.6.1.4.1.8072.9999.9999.44.1.11.13 scalar read-write current TruthValue
    MIPV4-EXT-MIB mipExtSendText 1.3.6.1.4.1.8072.9999.9999.44.1.11.14 scalar read-write current SnmpAdminString(0..254)
    MIPV4-EXT-MIB mipExtDynamicHomeAgent 1.3.6.1.4.1.8072.9999.9999.44.1.11.15 scalar read-write current TruthValue
    MIPV4-EXT-MIB mipExtHostConfiguration 1.3.6.1.4.1.8072.9999.9999.44.1.11.16 scalar read-write current TruthValue
    MIPV4-EXT-MIB mipExtServiceSelection 1.3.6.1.4.1.8072.9999.9999.44.1.11.17 scalar read-write current TruthValue
    MIPV4-EXT-MIB mipExtExperimental 1.3.6.1.4.1.8072.9999.9999.44.1.11.18 scalar read-write current TruthValue
    MIPV4-EXT-MIB mipExtDrainHomeAgents 1.3.6.1.4.1.8072.9999.9999.44.1.11.19 scalar read-write current SnmpAdminString(0..255)
    MIPV4-EXT-MIB mipExtDrainText 1.3.6.1.4.1.8072.9999.9999.44.1.11.20 scalar read-write current SnmpAdminString(0..254)
    MIPV4-EXT-MIB mipExtDrainSince 1.3.6.1.4.1.8072.9999.9999.44.1.11.21 scalar read-only current DateAndTime
    MIPV4-EXT-MIB mipExtDrainRedirected 1.3.6.1.4.1.8072.9999.9999.44.1.11.22 scalar read-only current Counter64 requests
    MIPV4-EXT-MIB mipExtExtensionUseTable 1.3.6.1.4.1.8072.9999.9999.44.1.11.23 table - current -
    MIPV4-EXT-MIB mipExtExtensionUseEntry 1.3.6.1.4.1.8072.9999.9999.44.1.11.23.1 row - current mipExtExtensionUseRole,mipExtExtensionUseType,mipExtExtensionUseVendor,mipExtExtensionUseNumber
    MIPV4-EXT-MIB mipExtExtensionUseRole 1.3.6.1.4.1.8072.9999.9999.44.1.11.23.1.1 column not-accessible current MipRole
    MIPV4-EXT-MIB mipExtExtensionUseType 1.3.6.1.4.1.8072.9999.9999.44.1.11.23.1.2 column not-accessible current Unsigned32(0..255)
    MIPV4-EXT-MIB mipExtExtensionUseVendor 1.3.6.1.4.1.8072.9999.9999.44.1.11.23.1.3 column not-accessible current Unsigned32
    MIPV4-EXT-MIB mipExtExtensionUseNumber 1.3.6.1.4.1.8072.9999.9999.44.1.11.23.1.4 column not-accessible current Unsigned32(0..65535)
    MIPV4-EXT-MIB mipExtExtensionUseKnown 1.3.6.1.4.1.8072.9999.9999.44.1.11.23.1.5 column read-only current TruthValue
    MIPV4-EXT-MIB mipExtExtensionUseSeen 1.3.6.1.4.1.8072.9999.9999.44.1.11.23.1.6 column read-only current Counter64 extensions
    MIPV4-EXT-MIB mipExtExtensionUseAccepted 1.3.6.1.4.1.8072.9999.9999.44.1.11.23.1.7 column read-only current Counter64 extensions
    MIPV4-EXT-MIB mipExtExtensionUseSkipped 1.3.6.1.4.1.8072.9999.9999.44.1.11.23.1.8 column read-only current Counter64 extensions
    MIPV4-EXT-MIB mipExtExtensionUseRefused 1.3.6.1.4.1.8072.9999.9999.44.1.11.23.1.9 column read-only current Counter64 extensions
    MIPV4-EXT-MIB mipExtExtensionUseLastSource 1.3.6.1.4.1.8072.9999.9999.44.1.11.23.1.10 column read-only current IpAddress
    MIPV4-EXT-MIB mipExtExtensionUseLastSeen 1.3.6.1.4.1.8072.9999.9999.44.1.11.23.1.11 column read-only current DateAndTime
    MIPV4-EXT-MIB mipExtDrainBindings 1.3.6.1.4.1.8072.9999.9999.44.1.11.24 scalar read-only current Gauge32 bindings
    MIPV4-EXT-MIB mipExtDrainMovableBindings 1.3.6.1.4.1.8072.9999.9999.44.1.11.25 scalar read-only current Gauge32 bindings
    MIPV4-EXT-MIB mipExtConformance 1.3.6.1.4.1.8072.9999.9999.44.2 node - - -
    MIPV4-EXT-MIB mipExtGroups 1.3.6.1.4.1.8072.9999.9999.44.2.1 node - - -
    MIPV4-EXT-MIB mipExtSourceGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.1 group - current -
    MIPV4-EXT-MIB mipExtAgentGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.2 group - current -
    MIPV4-EXT-MIB mipExtCapacityGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.3 group - current -
    MIPV4-EXT-MIB mipExtRegistrationGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.4 group - current -
    MIPV4-EXT-MIB mipExtHomeAgentGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.5 group - current -
    MIPV4-EXT-MIB mipExtHistoryGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.6 group - current -
    MIPV4-EXT-MIB mipExtForeignAgentGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.7 group - current -
    MIPV4-EXT-MIB mipExtMobileNodeGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.8 group - current -
    MIPV4-EXT-MIB mipExtForwardingGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.9 group - current -
    MIPV4-EXT-MIB mipExtSecurityGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.10 group - current -
    MIPV4-EXT-MIB mipExtAdvertisingGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.11 group - current -
    MIPV4-EXT-MIB mipExtNotifyGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.12 group - current -
    MIPV4-EXT-MIB mipExtNotificationsGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.13 group - current -
    MIPV4-EXT-MIB mipExtSignallingGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.14 group - current -
    MIPV4-EXT-MIB mipExtHaRevocationGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.15 group - current -
    MIPV4-EXT-MIB mipExtFaRevocationGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.16 group - current -
    MIPV4-EXT-MIB mipExtMnRevocationGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.17 group - current -
    MIPV4-EXT-MIB mipExtHaReplyGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.18 group - current -
    MIPV4-EXT-MIB mipExtFaReplyGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.19 group - current -
    MIPV4-EXT-MIB mipExtNotificationSettingsGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.20 group - current -
    MIPV4-EXT-MIB mipExtSendGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.21 group - current -
    MIPV4-EXT-MIB mipExtHaNotificationGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.22 group - current -
    MIPV4-EXT-MIB mipExtFaNotificationGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.23 group - current -
    MIPV4-EXT-MIB mipExtMnReplyGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.24 group - current -
    MIPV4-EXT-MIB mipExtMnNotificationGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.25 group - current -
    MIPV4-EXT-MIB mipExtDiscoverySettingsGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.26 group - current -
    MIPV4-EXT-MIB mipExtDrainGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.27 group - current -
    MIPV4-EXT-MIB mipExtExtensionUseGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.28 group - current -
    MIPV4-EXT-MIB mipExtHaDiscoveryGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.29 group - current -
    MIPV4-EXT-MIB mipExtFaDiscoveryGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.30 group - current -
    MIPV4-EXT-MIB mipExtMnDiscoveryGroup 1.3.6.1.4.1.8072.9999.9999.44.2.1.31 group - current -
    MIPV4-EXT-MIB mipExtCompliances 1.3.6.1.4.1.8072.9999.9999.44.2.2 node - - -
    MIPV4-EXT-MIB mipExtCompliance 1.3.6.1.4.1.8072.9999.9999.44.2.2.1 compliance - current -
    MIPV4-EXT-MIB mipExtReadOnlyCompliance 1.3.6.1.4.1.8072.9999.9999.44.2.2.2 compliance - current -
    """

/// The textual conventions that the modules use: name and syntax.
let mibConventionTable = """
    DateAndTime OctetString(8..8|11..11)
    MipAdvertFlags Bits{vjCompression=0,gre=1,minEnc=2,foreignAgent=3,homeAgent=4,busy=5,regRequired=6,reverseTunnel=7,udpTunnel=8,revocation=9,regionalRegistration=10}
    MipConnection Enumeration{connecting=1,synchronizing=2,synchronized=3,stale=4,down=5}
    MipDeliveryStyle Enumeration{direct=1,encapsulating=2}
    MipDirection Enumeration{sent=1,received=2}
    MipDiscardReason Enumeration{malformed=1,unknownMessageType=2,unknownExtension=3,noSecurityAssociation=4,noAuthorizationExtension=5,authenticationFailed=6,noForeignHomeAssociation=7,rateLimited=8,unmatchedReply=9,wrongReplySource=10,notServed=11,tooLong=12,conflictingRequest=13,reflected=14,replayed=15,unknownRegistration=16,notAgreed=17,unmatchedAcknowledgment=18}
    MipDropReason Enumeration{malformed=1,unknownSource=2,unknownDestination=3,sourceMismatch=4,ttlExpired=5,tooBig=6,unsupportedEncapsulation=7,loop=8,sendFailed=9}
    MipEncapsulation Enumeration{ipInIp=1,gre=2,minEnc=3}
    MipEndReason Enumeration{deregistered=1,expired=2,replaced=3,administrativelyRevoked=4,denied=5,timedOut=6,evicted=7,peerRevoked=8,drained=9}
    MipEntityIdentifier OctetString(1..64)
    MipEntityIdentifierNAI OctetString(0..255)
    MipEntityIdentifierType Enumeration{other=1,ipaddress=2,nai=3}
    MipExchangeKind Enumeration{revocation=1,notification=2}
    MipExchangeState Enumeration{waiting=1,acknowledged=2,refused=3,unanswered=4,received=5,superseded=6,sent=7}
    MipFinalCount Counter64
    MipHomeAgentSearchState Enumeration{unanchored=1,asking=2,redirected=3,anchored=4,fallback=5}
    MipHomeAgentSource Enumeration{configured=1,hint=2,redirected=3,discovered=4,identity=5}
    MipNotifyKind Enumeration{registered=1,careOfAddressChanged=2,deregistered=3,expired=4,revoked=5,registrationDenied=6,capacityRising=7,capacityFalling=8,agentUnreachable=9,agentReachable=10,authFailure=11,authFailure2=12,clockStepped=13,stateNotSaved=14,stateSaved=15,revocationUnacknowledged=16,notificationReceived=17,notificationUnacknowledged=18,drainStarted=19,drainCompleted=20,drainEnded=21}
    MipRequestKind Enumeration{initial=1,renewal=2,deregistration=3}
    MipReverseTunnel Enumeration{none=1,direct=2,encapsulating=3}
    MipRevocationAgreement Enumeration{none=1,agreed=2,agreedInforming=3}
    MipRole Enumeration{mobileNode=1,foreignAgent=2,homeAgent=3}
    MipRoleOrDaemon Enumeration{mobileNode=1,foreignAgent=2,homeAgent=3,daemon=4}
    RegistrationFlags Bits{vjCompression=0,gre=1,minEnc=2,decapsulationbyMN=3,broadcastDatagram=4,simultaneousBindings=5,reverseTunnel=6}
    RowStatus Enumeration{active=1,notInService=2,notReady=3,createAndGo=4,createAndWait=5,destroy=6}
    SnmpAdminString OctetString(0..255)
    StorageType Enumeration{other=1,volatile=2,nonVolatile=3,permanent=4,readOnly=5}
    TimeStamp TimeTicks
    TruthValue Enumeration{true=1,false=2}
    """
