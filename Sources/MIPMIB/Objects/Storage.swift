import AgentModel
import ManagementCore
import MobileIPv4

// Rows from an agent's configuration have no storage type of their own: management does not write them.

extension MIBView {
    func storage(ofCareOfAddress address: IPv4Address) -> StorageType? {
        guard let information = state.information, information.addedCareOfAddresses.contains(address) else { return nil }
        return information.keepsChanges ? .nonVolatile : .volatile
    }
}

extension MIBValue {
    /// StorageType: volatile(2), nonVolatile(3), readOnly(5).
    static func storage(_ storage: StorageType?) -> MIBValue {
        switch storage {
        case .volatile?: .integer(2)
        case .nonVolatile?: .integer(3)
        case .readOnly?, nil: .integer(5)
        }
    }
}
