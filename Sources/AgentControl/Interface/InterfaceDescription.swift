internal import CAgentInterface

/// The varlink descriptions that this daemon serves.
package enum InterfaceDescription {
    package static let agentName = "org.mipmib.agent"
    package static let serviceName = "org.varlink.service"

    /// The text of `org.mipmib.agent.varlink`, without the newline at the end of the file.
    package static let agent = String(String(cString: mip_agent_interface()).dropLast())

    /// The interface that every varlink service has (varlink.org/Service).
    package static let service = """
        # The Varlink Service Interface is provided by every varlink service.
        interface org.varlink.service

        method GetInfo() -> (vendor: string, product: string, version: string, url: string, interfaces: []string)

        method GetInterfaceDescription(interface: string) -> (description: string)

        error InterfaceNotFound (interface: string)

        error MethodNotFound (method: string)

        error MethodNotImplemented (method: string)

        error InvalidParameter (parameter: string)

        error ExpectedMore ()
        """
}
