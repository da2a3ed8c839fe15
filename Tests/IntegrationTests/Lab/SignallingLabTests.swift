import MIPTesting
import Testing

/// Runs beside `LabTests`: each half takes about four minutes, in which it mostly waits.
@Suite(
    "Messages between a mobile node and its agents, in networks", .serialized,
    .enabled(if: Laboratory.isPossible, "needs root, network namespaces and TUN devices"))
struct SignallingLabTests {}
