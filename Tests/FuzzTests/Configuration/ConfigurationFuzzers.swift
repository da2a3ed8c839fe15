import FuzzSupport

#if FUZZING
import FuzzDriver

@main enum ConfigurationFuzzer {
    static func main() { FuzzDriver.run(configurationFuzzers) }
}
#endif

/// Targets that read the configuration of the daemons, and what they change in that of the machine.
let configurationFuzzers: [any FuzzTarget.Type] = [
    AgentConfigurationFuzzer.self, NodeConfigurationFuzzer.self, ManagementConfigurationFuzzer.self,
    ResolverFileFuzzer.self,
]
