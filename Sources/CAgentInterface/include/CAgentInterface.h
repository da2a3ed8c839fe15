// Makes the description of the control interface available to Swift.
#ifndef CAGENTINTERFACE_H
#define CAGENTINTERFACE_H

// The text of Sources/AgentControl/org.mipmib.agent.varlink, NUL-terminated.
const char *mip_agent_interface(void);

#endif
