/// Opens the data plane that this machine allows.
package enum DataPlanes {
    /// - Parameter lost: told, on a thread of its own, when the data plane can no longer work.
    /// - Throws: when what is needed is missing or not permitted; nothing is left behind then.
    package static func open(
        _ configuration: DataPlaneConfiguration, lost: @escaping @Sendable (DataPlaneError) -> Void = { _ in }
    ) throws(DataPlaneError) -> any DataPlane {
        try UserSpaceDataPlane(configuration, lost: lost)
    }
}
