import AgentModel
import ManagementCore
import MobileIPv4

// Agents take all of this from their configuration, which management does not write.

extension SecurityAssociation {
    var storage: StorageType { .readOnly }
}

extension AdvertisingInterface {
    var storage: StorageType { .readOnly }
}

extension MIBView {
    func storage(ofCareOfAddress address: IPv4Address) -> StorageType { .readOnly }
}

extension MIBValue {
    /// StorageType: volatile(2), nonVolatile(3), readOnly(5).
    static func storage(_ storage: StorageType) -> MIBValue {
        switch storage {
        case .volatile: .integer(2)
        case .nonVolatile: .integer(3)
        case .readOnly: .integer(5)
        }
    }
}
