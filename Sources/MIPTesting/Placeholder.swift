enum MIPTestingPlaceholder {}
