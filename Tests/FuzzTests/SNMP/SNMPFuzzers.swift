import FuzzSupport

#if FUZZING
import FuzzDriver

@main enum SNMPFuzzer {
    static func main() { FuzzDriver.run(snmpFuzzers) }
}
#endif

/// Targets that read AgentX and SNMP.
let snmpFuzzers: [any FuzzTarget.Type] = [
    AgentXFuzzer.self, AgentXStreamFuzzer.self, BERFuzzer.self, SecureMessagesFuzzer.self,
]
