package import AgentModel

/// Opens the data plane that this machine allows.
package enum DataPlanes {
    /// - Parameter lost: told, on a thread of its own, when the data plane can no longer work.
    /// - Throws: when what is needed is missing or not permitted; nothing is left behind then.
    package static func open(
        _ configuration: DataPlaneConfiguration, lost: @escaping @Sendable (DataPlaneError) -> Void = { _ in }
    ) throws(DataPlaneError) -> any DataPlane {
        switch configuration.choice {
        case .userSpace: return try UserSpaceDataPlane(configuration, lost: lost)
        case .kernel: return try KernelDataPlane(configuration)
        case .automatic:
            // What no kernel can do need not be asked, which may load a module.
            guard configuration.isServed(byKernelWith: KernelTunnelDevice.possible) else {
                return try UserSpaceDataPlane(configuration, lost: lost)
            }
            let found = try kernelEncapsulations(configuration)
            return configuration.isServed(byKernelWith: found)
                ? try KernelDataPlane(configuration) : try UserSpaceDataPlane(configuration, lost: lost)
        }
    }

    /// What this kernel has tunnel devices for; empty where it has none. Makes and removes a device, which needs CAP_NET_ADMIN.
    package static func kernelEncapsulations(
        _ configuration: DataPlaneConfiguration
    ) throws(DataPlaneError) -> Set<Encapsulation> {
        KernelTunnelDevice.probe(
            try RouteClient(protocolNumber: configuration.routeProtocol), name: configuration.device + "probe")
    }
}
