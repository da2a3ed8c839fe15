// The control interface's description, for Swift to serve.
#ifndef CAGENTINTERFACE_H
#define CAGENTINTERFACE_H

// The text of Sources/AgentControl/org.mipmib.agent.varlink; a zero ends it.
const char *mip_agent_interface(void);

#endif
