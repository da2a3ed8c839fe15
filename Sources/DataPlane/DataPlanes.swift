package import AgentModel

/// Opens a data plane that works on this machine.
package enum DataPlanes {
    /// - Parameter lost: called, on the data plane's own thread, when it can no longer work.
    /// - Throws: when something it needs is missing or not permitted; nothing is left behind then.
    package static func open(
        _ configuration: DataPlaneConfiguration, lost: @escaping @Sendable (DataPlaneError) -> Void = { _ in }
    ) throws(DataPlaneError) -> any DataPlane {
        switch configuration.choice {
        case .userSpace: return try UserSpaceDataPlane(configuration, lost: lost)
        case .kernel: return try KernelDataPlane(configuration)
        case .automatic:
            // Do not probe for what no kernel can do: probing may load a module.
            guard configuration.isServed(byKernelWith: KernelTunnelDevice.possible) else {
                return try UserSpaceDataPlane(configuration, lost: lost)
            }
            let found = try kernelEncapsulations(configuration)
            return configuration.isServed(byKernelWith: found)
                ? try KernelDataPlane(configuration) : try UserSpaceDataPlane(configuration, lost: lost)
        }
    }

    /// The encapsulations that this kernel has tunnel devices for; may be empty. Creates and removes a device, which needs CAP_NET_ADMIN.
    package static func kernelEncapsulations(
        _ configuration: DataPlaneConfiguration
    ) throws(DataPlaneError) -> Set<Encapsulation> {
        KernelTunnelDevice.probe(
            try RouteClient(protocolNumber: configuration.routeProtocol), name: configuration.device + "probe")
    }
}
