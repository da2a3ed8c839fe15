enum MobilityAgentPlaceholder {}
