import FuzzSupport

#if FUZZING
import FuzzDriver

@main enum WireFuzzer {
    static func main() { FuzzDriver.run(wireFuzzers) }
}
#endif

/// Targets that read what arrives from the network.
let wireFuzzers: [any FuzzTarget.Type] = [
    MessagesFuzzer.self, ExtensionsFuzzer.self, AdvertisementsFuzzer.self, TunnelsFuzzer.self, FragmentsFuzzer.self,
    IdentifiersFuzzer.self,
]
