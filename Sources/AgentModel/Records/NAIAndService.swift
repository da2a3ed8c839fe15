import MobileIPv4

/// The NAI and the service of a registration in the eight bytes that an NAI takes, as nearly all registrations have no service.
enum NAIAndService: Hashable, Sendable {
    case nothing
    case nai(NetworkAccessIdentifier)
    indirect case service(ServiceIdentifier, NetworkAccessIdentifier?)

    init(_ nai: NetworkAccessIdentifier?, _ service: ServiceIdentifier? = nil) {
        if let service {
            self = .service(service, nai)
        } else if let nai {
            self = .nai(nai)
        } else {
            self = .nothing
        }
    }

    var nai: NetworkAccessIdentifier? {
        get {
            switch self {
            case .nothing: nil
            case .nai(let nai): nai
            case .service(_, let nai): nai
            }
        }
        set { self = NAIAndService(newValue, service) }
    }

    var service: ServiceIdentifier? {
        get {
            switch self {
            case .nothing, .nai: nil
            case .service(let service, _): service
            }
        }
        set { self = NAIAndService(nai, newValue) }
    }
}
