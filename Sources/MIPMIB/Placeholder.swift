enum MIPMIBPlaceholder {}
