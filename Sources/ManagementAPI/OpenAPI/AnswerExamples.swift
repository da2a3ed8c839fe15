// Written by the tests with MIP_WRITE_GOLDEN=1, from what mip-mibd answers to the examples of the document. Do not edit.
enum AnswerExamples {
    static let text = #"""
        {
         "/healthz": {
          "status": "ok"
         },
         "/readyz": {
          "status": "ready"
         },
         "/v1/advertisements": [
          {
           "address": "10.0.0.1",
           "advertisementLifetime": 1800,
           "advertisementsSent": 0,
           "advertisementsSentForSolicitation": 0,
           "agent": "foreign",
           "careOfAddresses": [],
           "challengeLength": 0,
           "destination": "224.0.0.1",
           "flags": [
            "homeAgent"
           ],
           "includesPrefixLength": true,
           "interfaceIndex": 3,
           "maximumInterval": 60,
           "maximumRegistrationLifetime": 1800,
           "minimumInterval": 45,
           "name": "lan",
           "onlyOnSolicitation": false,
           "prefixLength": 24,
           "solicitationsReceived": 0
          }
         ],
         "/v1/advertisements/{agent}/{address}": {
          "address": "10.0.0.1",
          "advertisementLifetime": 1800,
          "advertisementsSent": 0,
          "advertisementsSentForSolicitation": 0,
          "agent": "foreign",
          "careOfAddresses": [],
          "challengeLength": 0,
          "destination": "224.0.0.1",
          "flags": [
           "homeAgent"
          ],
          "includesPrefixLength": true,
          "interfaceIndex": 3,
          "maximumInterval": 60,
          "maximumRegistrationLifetime": 1800,
          "minimumInterval": 45,
          "name": "lan",
          "onlyOnSolicitation": false,
          "prefixLength": 24,
          "solicitationsReceived": 0
         },
         "/v1/agents": [
          {
           "age": 0.03,
           "agent": "home",
           "connection": "synchronized",
           "connections": 1,
           "counts": {
            "associations": 3,
            "bindings": 1,
            "violations": 1,
            "visitors": 0
           },
           "historyLimit": 1000,
           "information": {
            "addedCareOfAddresses": [
             "192.0.2.1",
             "192.0.2.77",
             "192.0.2.78"
            ],
            "addedHomeAgents": [],
            "addresses": [
             {
              "address": "127.0.0.1",
              "port": 48736,
              "role": "homeAgent"
             },
             {
              "address": "127.0.0.2",
              "port": 41888,
              "role": "foreignAgent"
             }
            ],
            "busy": false,
            "careOfAddresses": [
             "127.0.0.2",
             "192.0.2.1",
             "192.0.2.77",
             "192.0.2.78"
            ],
            "challengeWindow": 0,
            "enabled": true,
            "encapsulations": [
             "ipInIp"
            ],
            "instance": "7448c85665508d5b",
            "maximumBindings": 100000,
            "maximumMobileNodes": 100000,
            "maximumPending": 1024,
            "maximumViolators": 1024,
            "maximumVisitors": 100000,
            "name": "home",
            "processID": 11553,
            "registrationRequired": false,
            "roles": [
             "foreignAgent",
             "homeAgent"
            ],
            "startTime": "2026-11-23T23:24:11.065Z",
            "version": "mip-agentd 0.1.0"
           },
           "restarts": 0
          }
         ],
         "/v1/agents/{agent}": {
          "age": 0.041,
          "agent": "home",
          "connection": "synchronized",
          "connections": 1,
          "counts": {
           "associations": 3,
           "bindings": 1,
           "violations": 1,
           "visitors": 0
          },
          "historyLimit": 1000,
          "information": {
           "addedCareOfAddresses": [
            "192.0.2.1",
            "192.0.2.77",
            "192.0.2.78"
           ],
           "addedHomeAgents": [],
           "addresses": [
            {
             "address": "127.0.0.1",
             "port": 48736,
             "role": "homeAgent"
            },
            {
             "address": "127.0.0.2",
             "port": 41888,
             "role": "foreignAgent"
            }
           ],
           "busy": false,
           "careOfAddresses": [
            "127.0.0.2",
            "192.0.2.1",
            "192.0.2.77",
            "192.0.2.78"
           ],
           "challengeWindow": 0,
           "enabled": true,
           "encapsulations": [
            "ipInIp"
           ],
           "instance": "7448c85665508d5b",
           "maximumBindings": 100000,
           "maximumMobileNodes": 100000,
           "maximumPending": 1024,
           "maximumViolators": 1024,
           "maximumVisitors": 100000,
           "name": "home",
           "processID": 11553,
           "registrationRequired": false,
           "roles": [
            "foreignAgent",
            "homeAgent"
           ],
           "startTime": "2026-11-23T23:24:11.065Z",
           "version": "mip-agentd 0.1.0"
          },
          "restarts": 0
         },
         "/v1/associations": [
          {
           "agent": "home",
           "algorithm": "hmac-md5",
           "peer": "10.0.1.7",
           "peerRole": "mobileNode",
           "replayMethod": "timestamps",
           "replayTolerance": 10,
           "spi": 256,
           "storage": "nonVolatile"
          }
         ],
         "/v1/associations/{agent}/{peer}/{spi}": {
          "agent": "home",
          "algorithm": "hmac-md5",
          "peer": "10.0.1.7",
          "peerRole": "mobileNode",
          "replayMethod": "timestamps",
          "replayTolerance": 10,
          "spi": 256,
          "storage": "nonVolatile"
         },
         "/v1/bindings": [
          {
           "agent": "home",
           "careOfAddress": "192.0.2.1",
           "created": "2026-11-23T23:24:11.625Z",
           "encapsulation": "ipInIp",
           "expires": "2026-11-23T23:54:11.625Z",
           "flags": [
            "decapsulationbyMN"
           ],
           "handoffs": 1,
           "homeAddress": "10.0.1.7",
           "homeAgent": "127.0.0.1",
           "identification": "eeaf499ba058ff75",
           "lifetimeGranted": 1800,
           "renewals": 0,
           "renewed": "2026-11-23T23:24:11.625Z",
           "reverseTunnel": "none",
           "sourceAddress": "127.0.0.1",
           "sourcePort": 48908,
           "spi": 1000,
           "timeRemaining": 1800
          }
         ],
         "/v1/bindings/{agent}/{homeAddress}/{careOfAddress}": {
          "agent": "home",
          "careOfAddress": "192.0.2.1",
          "created": "2026-11-23T23:24:11.625Z",
          "encapsulation": "ipInIp",
          "expires": "2026-11-23T23:54:11.625Z",
          "flags": [
           "decapsulationbyMN"
          ],
          "handoffs": 1,
          "homeAddress": "10.0.1.7",
          "homeAgent": "127.0.0.1",
          "identification": "eeaf499ba058ff75",
          "lifetimeGranted": 1800,
          "renewals": 0,
          "renewed": "2026-11-23T23:24:11.625Z",
          "reverseTunnel": "none",
          "sourceAddress": "127.0.0.1",
          "sourcePort": 48908,
          "spi": 1000,
          "timeRemaining": 1800
         },
         "/v1/care-of-addresses": [
          {
           "address": "127.0.0.2",
           "agent": "home",
           "isAdded": false
          }
         ],
         "/v1/care-of-addresses/{agent}/{address}": {
          "address": "192.0.2.1",
          "agent": "home",
          "isAdded": true
         },
         "/v1/counters": [
          {
           "agent": "home",
           "datagramsReceived": 3,
           "discards": {
            "authenticationFailed": 0,
            "malformed": 0,
            "noAuthorizationExtension": 0,
            "noForeignHomeAssociation": 0,
            "noSecurityAssociation": 0,
            "notServed": 0,
            "rateLimited": 0,
            "unknownExtension": 0,
            "unknownMessageType": 0,
            "unmatchedReply": 0,
            "wrongReplySource": 0
           },
           "eventsSuppressed": 0,
           "foreignAgent": {
            "challengesAccepted": 0,
            "challengesAdvertised": 0,
            "challengesInReplies": 0,
            "deregistrationRequestsReceived": 0,
            "discards": {
             "authenticationFailed": 0,
             "malformed": 0,
             "noAuthorizationExtension": 0,
             "noForeignHomeAssociation": 0,
             "noSecurityAssociation": 0,
             "notServed": 0,
             "rateLimited": 0,
             "unknownExtension": 0,
             "unknownMessageType": 0,
             "unmatchedReply": 0,
             "wrongReplySource": 0
            },
            "duplicateRequests": 0,
            "encapsulatingDeliveriesGranted": 0,
            "extensionsSkipped": 0,
            "normalVendorExtensionsFromHomeAgentIgnored": 0,
            "normalVendorExtensionsFromMobileNodeIgnored": 0,
            "outcomes": {
             "deregistration": {
              "accepted": 0,
              "denied": 0,
              "discarded": 0,
              "received": 0
             },
             "initial": {
              "accepted": 0,
              "denied": 0,
              "discarded": 0,
              "received": 0
             },
             "renewal": {
              "accepted": 0,
              "denied": 0,
              "discarded": 0,
              "received": 0
             }
            },
            "pendingTimeouts": 0,
            "repliesReceived": 0,
            "repliesReceivedByCode": {},
            "repliesRelayed": 0,
            "repliesSentByCode": {},
            "requestsReceived": 0,
            "requestsRelayed": 0,
            "reverseTunnelsGranted": 0,
            "visitorsExpired": 0
           },
           "homeAgent": {
            "bindingsExpired": 0,
            "deregistrationRepliesSent": 0,
            "deregistrationRequestsReceived": 0,
            "discards": {
             "authenticationFailed": 0,
             "malformed": 0,
             "noAuthorizationExtension": 0,
             "noForeignHomeAssociation": 0,
             "noSecurityAssociation": 0,
             "notServed": 0,
             "rateLimited": 0,
             "unknownExtension": 0,
             "unknownMessageType": 0,
             "unmatchedReply": 0,
             "wrongReplySource": 0
            },
            "duplicateRequests": 0,
            "extensionsSkipped": 0,
            "gratuitousARPsSent": 0,
            "handoffs": 1,
            "normalVendorExtensionsFromForeignAgentIgnored": 0,
            "normalVendorExtensionsFromMobileNodeIgnored": 0,
            "outcomes": {
             "deregistration": {
              "accepted": 0,
              "denied": 0,
              "discarded": 0,
              "received": 0
             },
             "initial": {
              "accepted": 2,
              "denied": 1,
              "discarded": 0,
              "received": 3
             },
             "renewal": {
              "accepted": 0,
              "denied": 0,
              "discarded": 0,
              "received": 0
             }
            },
            "proxyARPsSent": 0,
            "repliesSent": 3,
            "repliesSentByCode": {
             "0": 2,
             "131": 1
            },
            "requestsReceived": 3,
            "reverseTunnelsGranted": 0
           },
           "securityViolations": 1
          }
         ],
         "/v1/counters/{agent}": {
          "agent": "home",
          "datagramsReceived": 3,
          "discards": {
           "authenticationFailed": 0,
           "malformed": 0,
           "noAuthorizationExtension": 0,
           "noForeignHomeAssociation": 0,
           "noSecurityAssociation": 0,
           "notServed": 0,
           "rateLimited": 0,
           "unknownExtension": 0,
           "unknownMessageType": 0,
           "unmatchedReply": 0,
           "wrongReplySource": 0
          },
          "eventsSuppressed": 0,
          "foreignAgent": {
           "challengesAccepted": 0,
           "challengesAdvertised": 0,
           "challengesInReplies": 0,
           "deregistrationRequestsReceived": 0,
           "discards": {
            "authenticationFailed": 0,
            "malformed": 0,
            "noAuthorizationExtension": 0,
            "noForeignHomeAssociation": 0,
            "noSecurityAssociation": 0,
            "notServed": 0,
            "rateLimited": 0,
            "unknownExtension": 0,
            "unknownMessageType": 0,
            "unmatchedReply": 0,
            "wrongReplySource": 0
           },
           "duplicateRequests": 0,
           "encapsulatingDeliveriesGranted": 0,
           "extensionsSkipped": 0,
           "normalVendorExtensionsFromHomeAgentIgnored": 0,
           "normalVendorExtensionsFromMobileNodeIgnored": 0,
           "outcomes": {
            "deregistration": {
             "accepted": 0,
             "denied": 0,
             "discarded": 0,
             "received": 0
            },
            "initial": {
             "accepted": 0,
             "denied": 0,
             "discarded": 0,
             "received": 0
            },
            "renewal": {
             "accepted": 0,
             "denied": 0,
             "discarded": 0,
             "received": 0
            }
           },
           "pendingTimeouts": 0,
           "repliesReceived": 0,
           "repliesReceivedByCode": {},
           "repliesRelayed": 0,
           "repliesSentByCode": {},
           "requestsReceived": 0,
           "requestsRelayed": 0,
           "reverseTunnelsGranted": 0,
           "visitorsExpired": 0
          },
          "homeAgent": {
           "bindingsExpired": 0,
           "deregistrationRepliesSent": 0,
           "deregistrationRequestsReceived": 0,
           "discards": {
            "authenticationFailed": 0,
            "malformed": 0,
            "noAuthorizationExtension": 0,
            "noForeignHomeAssociation": 0,
            "noSecurityAssociation": 0,
            "notServed": 0,
            "rateLimited": 0,
            "unknownExtension": 0,
            "unknownMessageType": 0,
            "unmatchedReply": 0,
            "wrongReplySource": 0
           },
           "duplicateRequests": 0,
           "extensionsSkipped": 0,
           "gratuitousARPsSent": 0,
           "handoffs": 1,
           "normalVendorExtensionsFromForeignAgentIgnored": 0,
           "normalVendorExtensionsFromMobileNodeIgnored": 0,
           "outcomes": {
            "deregistration": {
             "accepted": 0,
             "denied": 0,
             "discarded": 0,
             "received": 0
            },
            "initial": {
             "accepted": 2,
             "denied": 1,
             "discarded": 0,
             "received": 3
            },
            "renewal": {
             "accepted": 0,
             "denied": 0,
             "discarded": 0,
             "received": 0
            }
           },
           "proxyARPsSent": 0,
           "repliesSent": 3,
           "repliesSentByCode": {
            "0": 2,
            "131": 1
           },
           "requestsReceived": 3,
           "reverseTunnelsGranted": 0
          },
          "securityViolations": 1
         },
         "/v1/discards": [
          {
           "agent": "home",
           "count": 0,
           "reason": "authenticationFailed"
          }
         ],
         "/v1/discards/{agent}/{role}/{reason}": {
          "agent": "home",
          "count": 0,
          "reason": "malformed"
         },
         "/v1/ends": [
          {
           "agent": "home",
           "count": 0,
           "reason": "administrativelyRevoked",
           "role": "foreignAgent"
          }
         ],
         "/v1/ends/{agent}/{role}/{reason}": {
          "agent": "home",
          "count": 0,
          "reason": "expired",
          "role": "homeAgent"
         },
         "/v1/events": [
          {
           "agent": "home",
           "careOfAddress": "192.0.2.2",
           "homeAddress": "10.0.1.7",
           "homeAgent": "127.0.0.1",
           "id": "mwtw7a48-1",
           "kind": "registered",
           "message": "10.0.1.7 registered at 192.0.2.2 for 1800 s",
           "role": "homeAgent",
           "sourceAddress": "127.0.0.1",
           "time": "2026-11-23T23:24:11.604Z"
          }
         ],
         "/v1/foreign-agents": [
          {
           "address": "198.51.100.1",
           "agent": "node",
           "careOfAddress": "198.51.100.1",
           "expires": "2023-11-14T22:14:50.000Z",
           "flags": [
            "regRequired",
            "foreignAgent",
            "reverseTunnel"
           ],
           "heard": "2023-11-14T22:13:20.000Z",
           "registrationLifetime": 1800,
           "sequence": 1,
           "timeRemaining": 89
          }
         ],
         "/v1/foreign-agents/{agent}/{address}/{careOfAddress}": {
          "address": "198.51.100.1",
          "agent": "node",
          "careOfAddress": "198.51.100.1",
          "expires": "2023-11-14T22:14:50.000Z",
          "flags": [
           "regRequired",
           "foreignAgent",
           "reverseTunnel"
          ],
          "heard": "2023-11-14T22:13:20.000Z",
          "registrationLifetime": 1800,
          "sequence": 1,
          "timeRemaining": 89
         },
         "/v1/history": [
          {
           "agent": "home",
           "careOfAddress": "192.0.2.2",
           "created": "2026-11-23T23:24:11.604Z",
           "endReason": "replaced",
           "ended": "2026-11-23T23:24:11.626Z",
           "homeAddress": "10.0.1.7",
           "homeAgent": "127.0.0.1",
           "index": 1,
           "octetsFromNode": 0,
           "octetsToNode": 0,
           "packetsFromNode": 0,
           "packetsToNode": 0,
           "renewals": 0,
           "role": "homeAgent"
          }
         ],
         "/v1/history/{agent}/{homeAddress}/{index}": {
          "agent": "home",
          "careOfAddress": "192.0.2.2",
          "created": "2026-11-23T23:24:11.604Z",
          "endReason": "replaced",
          "ended": "2026-11-23T23:24:11.626Z",
          "homeAddress": "10.0.1.7",
          "homeAgent": "127.0.0.1",
          "index": 1,
          "octetsFromNode": 0,
          "octetsToNode": 0,
          "packetsFromNode": 0,
          "packetsToNode": 0,
          "renewals": 0,
          "role": "homeAgent"
         },
         "/v1/home-agents": [
          {
           "address": "10.0.0.1",
           "agent": "node",
           "isAdded": false,
           "isCurrent": true
          }
         ],
         "/v1/home-agents/{agent}/{address}": {
          "address": "10.0.0.1",
          "agent": "node",
          "isAdded": false,
          "isCurrent": true
         },
         "/v1/mobile-nodes": [
          {
           "accepted": 2,
           "agent": "home",
           "denied": 0,
           "homeAddress": "10.0.1.7",
           "recentAccepted": "2026-11-23T23:24:11.625Z",
           "requestsReceived": 2,
           "serviceTime": 0,
           "servingSince": "2026-11-23T23:24:11.604Z"
          }
         ],
         "/v1/mobile-nodes/{agent}/{homeAddress}": {
          "accepted": 2,
          "agent": "home",
          "denied": 0,
          "homeAddress": "10.0.1.7",
          "recentAccepted": "2026-11-23T23:24:11.625Z",
          "requestsReceived": 2,
          "serviceTime": 0,
          "servingSince": "2026-11-23T23:24:11.604Z"
         },
         "/v1/notifications": [
          {
           "agent": "home",
           "alarms": [],
           "enabled": [
            "registered",
            "careOfAddressChanged",
            "deregistered",
            "expired",
            "revoked",
            "registrationDenied",
            "capacityRising",
            "capacityFalling",
            "agentUnreachable",
            "agentReachable",
            "authFailure2"
           ],
           "historyLimit": 1000,
           "maximumRate": 600,
           "nodeInterval": 10,
           "sent": {
            "agentReachable": 0,
            "agentUnreachable": 0,
            "authFailure": 0,
            "authFailure2": 1,
            "capacityFalling": 0,
            "capacityRising": 0,
            "careOfAddressChanged": 1,
            "deregistered": 0,
            "expired": 0,
            "registered": 1,
            "registrationDenied": 1,
            "revoked": 0
           },
           "suppressed": {
            "agentReachable": 0,
            "agentUnreachable": 0,
            "authFailure": 0,
            "authFailure2": 0,
            "capacityFalling": 0,
            "capacityRising": 0,
            "careOfAddressChanged": 0,
            "deregistered": 0,
            "expired": 0,
            "registered": 0,
            "registrationDenied": 0,
            "revoked": 0
           },
           "thresholds": {
            "associations": {
             "falling": 80,
             "rising": 90
            },
            "bindings": {
             "falling": 80,
             "rising": 90
            },
            "foreignAgents": {
             "falling": 80,
             "rising": 90
            },
            "mobileNodes": {
             "falling": 80,
             "rising": 90
            },
            "pendingRegistrations": {
             "falling": 80,
             "rising": 90
            },
            "registrations": {
             "falling": 80,
             "rising": 90
            },
            "tunnels": {
             "falling": 80,
             "rising": 90
            },
            "violators": {
             "falling": 80,
             "rising": 90
            },
            "visitors": {
             "falling": 80,
             "rising": 90
            }
           }
          }
         ],
         "/v1/notifications/{agent}": {
          "agent": "home",
          "alarms": [],
          "enabled": [
           "registered",
           "careOfAddressChanged",
           "deregistered",
           "expired",
           "revoked",
           "registrationDenied",
           "capacityRising",
           "capacityFalling",
           "agentUnreachable",
           "agentReachable",
           "authFailure2"
          ],
          "historyLimit": 1000,
          "maximumRate": 600,
          "nodeInterval": 10,
          "sent": {
           "agentReachable": 0,
           "agentUnreachable": 0,
           "authFailure": 0,
           "authFailure2": 1,
           "capacityFalling": 0,
           "capacityRising": 0,
           "careOfAddressChanged": 1,
           "deregistered": 0,
           "expired": 0,
           "registered": 1,
           "registrationDenied": 1,
           "revoked": 0
          },
          "suppressed": {
           "agentReachable": 0,
           "agentUnreachable": 0,
           "authFailure": 0,
           "authFailure2": 0,
           "capacityFalling": 0,
           "capacityRising": 0,
           "careOfAddressChanged": 0,
           "deregistered": 0,
           "expired": 0,
           "registered": 0,
           "registrationDenied": 0,
           "revoked": 0
          },
          "thresholds": {
           "associations": {
            "falling": 80,
            "rising": 90
           },
           "bindings": {
            "falling": 80,
            "rising": 90
           },
           "foreignAgents": {
            "falling": 80,
            "rising": 90
           },
           "mobileNodes": {
            "falling": 80,
            "rising": 90
           },
           "pendingRegistrations": {
            "falling": 80,
            "rising": 90
           },
           "registrations": {
            "falling": 80,
            "rising": 90
           },
           "tunnels": {
            "falling": 80,
            "rising": 90
           },
           "violators": {
            "falling": 80,
            "rising": 90
           },
           "visitors": {
            "falling": 80,
            "rising": 90
           }
          }
         },
         "/v1/outcomes": [
          {
           "accepted": 0,
           "agent": "home",
           "denied": 0,
           "discarded": 0,
           "kind": "deregistration",
           "received": 0,
           "role": "foreignAgent"
          }
         ],
         "/v1/outcomes/{agent}/{role}/{kind}": {
          "accepted": 2,
          "agent": "home",
          "denied": 1,
          "discarded": 0,
          "kind": "initial",
          "received": 3,
          "role": "homeAgent"
         },
         "/v1/pending": [
          {
           "agent": "foreign",
           "expires": "2023-11-14T22:13:27.000Z",
           "homeAddress": "10.0.2.1",
           "homeAgent": "10.0.0.1",
           "kind": "initial",
           "retransmissions": 1,
           "sent": "2023-11-14T22:13:20.000Z",
           "timeRemaining": 6
          }
         ],
         "/v1/pending/{agent}/{homeAddress}/{nai}": {
          "agent": "foreign",
          "expires": "2023-11-14T22:13:27.000Z",
          "homeAddress": "10.0.2.1",
          "homeAgent": "10.0.0.1",
          "kind": "initial",
          "retransmissions": 1,
          "sent": "2023-11-14T22:13:20.000Z",
          "timeRemaining": 6
         },
         "/v1/registrations": [
          {
           "agent": "node",
           "agentAddress": "198.51.100.1",
           "careOfAddress": "198.51.100.1",
           "expires": "2023-11-14T22:23:20.000Z",
           "flags": [
            "reverseTunnel"
           ],
           "homeAgent": "10.0.0.1",
           "identification": "0000000000000001",
           "isAccepted": true,
           "isCoLocated": false,
           "lifetime": 600,
           "reverseTunnel": "encapsulating",
           "sent": "2023-11-14T22:13:20.000Z",
           "timeRemaining": 599
          }
         ],
         "/v1/registrations/{agent}/{agentAddress}/{careOfAddress}": {
          "agent": "node",
          "agentAddress": "198.51.100.1",
          "careOfAddress": "198.51.100.1",
          "expires": "2023-11-14T22:23:20.000Z",
          "flags": [
           "reverseTunnel"
          ],
          "homeAgent": "10.0.0.1",
          "identification": "0000000000000001",
          "isAccepted": true,
          "isCoLocated": false,
          "lifetime": 600,
          "reverseTunnel": "encapsulating",
          "sent": "2023-11-14T22:13:20.000Z",
          "timeRemaining": 599
         },
         "/v1/reply-codes": [
          {
           "agent": "home",
           "code": 0,
           "count": 2,
           "direction": "sent",
           "meaning": "registration accepted",
           "role": "homeAgent"
          }
         ],
         "/v1/reply-codes/{agent}/{role}/{direction}/{code}": {
          "agent": "home",
          "code": 0,
          "count": 2,
          "direction": "sent",
          "meaning": "registration accepted",
          "role": "homeAgent"
         },
         "/v1/settings": [
          {
           "agent": "home",
           "busy": false,
           "challengeWindow": 0,
           "enabled": true,
           "maximumBindings": 100000,
           "maximumVisitors": 100000,
           "registrationRequired": false
          }
         ],
         "/v1/settings/{agent}": {
          "agent": "home",
          "busy": false,
          "challengeWindow": 0,
          "enabled": true,
          "maximumBindings": 100000,
          "maximumVisitors": 100000,
          "registrationRequired": false
         },
         "/v1/status": {
          "agents": [
           {
            "age": 0.305,
            "agent": "home",
            "connection": "synchronized",
            "connections": 1,
            "counts": {
             "associations": 3,
             "bindings": 1,
             "violations": 1,
             "visitors": 0
            },
            "information": {
             "addedCareOfAddresses": [
              "192.0.2.1",
              "192.0.2.77",
              "192.0.2.78"
             ],
             "addedHomeAgents": [],
             "addresses": [
              {
               "address": "127.0.0.1",
               "port": 48736,
               "role": "homeAgent"
              },
              {
               "address": "127.0.0.2",
               "port": 41888,
               "role": "foreignAgent"
              }
             ],
             "busy": false,
             "careOfAddresses": [
              "127.0.0.2",
              "192.0.2.1",
              "192.0.2.77",
              "192.0.2.78"
             ],
             "challengeWindow": 0,
             "enabled": true,
             "encapsulations": [
              "ipInIp"
             ],
             "instance": "7448c85665508d5b",
             "maximumBindings": 100000,
             "maximumMobileNodes": 100000,
             "maximumPending": 1024,
             "maximumViolators": 1024,
             "maximumVisitors": 100000,
             "name": "home",
             "processID": 11553,
             "registrationRequired": false,
             "roles": [
              "foreignAgent",
              "homeAgent"
             ],
             "startTime": "2026-11-23T23:24:11.065Z",
             "version": "mip-agentd 0.1.0"
            },
            "restarts": 0
           },
           {
            "age": 0.335,
            "agent": "foreign",
            "connection": "synchronized",
            "connections": 1,
            "counts": {
             "associations": 0,
             "bindings": 0,
             "violations": 0,
             "visitors": 1
            },
            "information": {
             "addedCareOfAddresses": [],
             "addedHomeAgents": [],
             "addresses": [
              {
               "address": "10.0.0.1",
               "port": 434,
               "role": "homeAgent"
              }
             ],
             "busy": false,
             "careOfAddresses": [
              "192.0.2.200",
              "192.0.2.1"
             ],
             "challengeWindow": 0,
             "enabled": true,
             "encapsulations": [
              "ipInIp",
              "gre"
             ],
             "instance": "one",
             "maximumBindings": 1000,
             "maximumMobileNodes": 0,
             "maximumPending": 0,
             "maximumViolators": 0,
             "maximumVisitors": 500,
             "name": "sample",
             "processID": 1,
             "registrationRequired": true,
             "roles": [
              "homeAgent",
              "foreignAgent"
             ],
             "startTime": "2023-11-14T22:13:20.000Z",
             "version": "test 1"
            },
            "restarts": 0
           },
           {
            "age": 0.3,
            "agent": "node",
            "connection": "synchronized",
            "connections": 1,
            "counts": {
             "associations": 0,
             "bindings": 0,
             "violations": 0,
             "visitors": 0
            },
            "information": {
             "addedCareOfAddresses": [],
             "addedHomeAgents": [
              "10.0.0.9",
              "10.0.0.8"
             ],
             "addresses": [
              {
               "address": "10.0.0.1",
               "port": 434,
               "role": "homeAgent"
              }
             ],
             "busy": false,
             "careOfAddresses": [
              "192.0.2.200",
              "192.0.2.1"
             ],
             "challengeWindow": 0,
             "enabled": true,
             "encapsulations": [
              "ipInIp",
              "gre"
             ],
             "instance": "node",
             "maximumBindings": 1000,
             "maximumMobileNodes": 0,
             "maximumPending": 0,
             "maximumViolators": 0,
             "maximumVisitors": 500,
             "name": "sample",
             "processID": 1,
             "registrationRequired": true,
             "roles": [
              "mobileNode"
             ],
             "startTime": "2023-11-14T22:13:20.000Z",
             "version": "test 1"
            },
            "restarts": 0
           }
          ],
          "snmp": {
           "connection": "serving",
           "handlerCalls": 0,
           "mode": "standalone",
           "variablesServed": 0
          }
         },
         "/v1/traffic": [
          {
           "agent": "foreign",
           "homeAddress": "10.0.1.7",
           "octetsFromNode": 400,
           "octetsToNode": 300,
           "packetsFromNode": 4,
           "packetsToNode": 3,
           "role": "homeAgent"
          }
         ],
         "/v1/traffic/{agent}/{role}/{homeAddress}": {
          "agent": "foreign",
          "homeAddress": "10.0.1.7",
          "octetsFromNode": 400,
          "octetsToNode": 300,
          "packetsFromNode": 4,
          "packetsToNode": 3,
          "role": "homeAgent"
         },
         "/v1/tunnels": [
          {
           "agent": "foreign",
           "encapsulation": "ipInIp",
           "localAddress": "10.0.0.1",
           "octetsReceived": 890,
           "octetsSent": 3456,
           "packetsReceived": 7,
           "packetsSent": 12,
           "remoteAddress": "192.0.2.1"
          }
         ],
         "/v1/tunnels/{agent}/{localAddress}/{remoteAddress}/{encapsulation}": {
          "agent": "foreign",
          "encapsulation": "ipInIp",
          "localAddress": "10.0.0.1",
          "octetsReceived": 890,
          "octetsSent": 3456,
          "packetsReceived": 7,
          "packetsSent": 12,
          "remoteAddress": "192.0.2.1"
         },
         "/v1/violations": [
          {
           "agent": "home",
           "count": 1,
           "recentCode": 131,
           "recentIdentification": "eeaf499ba1cfbb94",
           "recentReason": "badAuthenticator",
           "recentSPI": 1000,
           "recentTime": "2026-11-23T23:24:11.634Z",
           "violator": "10.0.3.1"
          }
         ],
         "/v1/violations/{agent}/{violator}": {
          "agent": "home",
          "count": 1,
          "recentCode": 131,
          "recentIdentification": "eeaf499ba1cfbb94",
          "recentReason": "badAuthenticator",
          "recentSPI": 1000,
          "recentTime": "2026-11-23T23:24:11.634Z",
          "violator": "10.0.3.1"
         },
         "/v1/visitors": [
          {
           "agent": "foreign",
           "careOfAddress": "192.0.2.1",
           "created": "2023-11-14T22:13:20.000Z",
           "expires": "2023-11-14T22:18:20.000Z",
           "flags": [],
           "homeAddress": "10.0.2.1",
           "homeAgent": "10.0.0.1",
           "identification": "0000000000000001",
           "lifetimeGranted": 300,
           "lifetimeRequested": 600,
           "reverseTunnel": "none",
           "sourceAddress": "172.16.0.1",
           "sourcePort": 434,
           "state": "accepted",
           "timeRemaining": 299
          }
         ],
         "/v1/visitors/{agent}/{sourceAddress}/{homeAddress}/{nai}": {
          "agent": "foreign",
          "careOfAddress": "192.0.2.1",
          "created": "2023-11-14T22:13:20.000Z",
          "expires": "2023-11-14T22:18:20.000Z",
          "flags": [],
          "homeAddress": "10.0.2.1",
          "homeAgent": "10.0.0.1",
          "identification": "0000000000000001",
          "lifetimeGranted": 300,
          "lifetimeRequested": 600,
          "reverseTunnel": "none",
          "sourceAddress": "172.16.0.1",
          "sourcePort": 434,
          "state": "accepted",
          "timeRemaining": 299
         },
         "/v1/vocabulary": {
          "discardReasons": [
           {
            "title": "malformed",
            "word": "malformed"
           },
           {
            "title": "unknown message type",
            "word": "unknownMessageType"
           }
          ],
          "encapsulations": [
           {
            "title": "IP in IP",
            "word": "ipInIp"
           },
           {
            "title": "GRE",
            "word": "gre"
           },
           {
            "title": "minimal",
            "word": "minEnc"
           }
          ],
          "endReasons": [
           {
            "title": "deregistered",
            "tone": "good",
            "word": "deregistered"
           },
           {
            "title": "expired",
            "tone": "plain",
            "word": "expired"
           }
          ],
          "eventKinds": [
           {
            "title": "registered",
            "tone": "good",
            "word": "registered"
           },
           {
            "title": "care of address changed",
            "tone": "info",
            "word": "careOfAddressChanged"
           }
          ],
          "mobileNodeStates": [
           {
            "title": "home",
            "word": "home"
           },
           {
            "title": "registered",
            "word": "registered"
           },
           {
            "title": "pending",
            "word": "pending"
           },
           {
            "title": "isolated",
            "word": "isolated"
           },
           {
            "title": "unknown",
            "word": "unknown"
           }
          ],
          "replyCodes": [
           {
            "accepted": true,
            "code": 0,
            "giver": "either",
            "label": "accepted",
            "meaning": "registration accepted",
            "rfc": 5944
           },
           {
            "accepted": true,
            "code": 1,
            "giver": "either",
            "label": "acceptedSimultaneousBindingsUnsupported",
            "meaning": "accepted, but simultaneous mobility bindings unsupported",
            "rfc": 5944
           }
          ],
          "requestKinds": [
           {
            "title": "initial",
            "word": "initial"
           },
           {
            "title": "renewal",
            "word": "renewal"
           },
           {
            "title": "deregistration",
            "word": "deregistration"
           }
          ],
          "violationReasons": [
           {
            "title": "no mobility security association",
            "word": "noMobilitySecurityAssociation"
           },
           {
            "title": "bad authenticator",
            "word": "badAuthenticator"
           }
          ],
          "visitorStates": [
           {
            "title": "pending",
            "word": "pending"
           },
           {
            "title": "accepted",
            "word": "accepted"
           }
          ]
         }
        }
        """#
}
