// #embed costs no time in compiling. Swift's own way, an array literal (SwiftPM's embedInCode), takes 0.13 s a kilobyte.
#include "CAgentInterface.h"

const char *mip_agent_interface(void) {
    static const unsigned char text[] = {
#embed "../AgentControl/org.mipmib.agent.varlink" suffix(, 0)
    };
    return (const char *)text;
}
