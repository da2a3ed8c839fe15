enum SNMPAgentPlaceholder {}
