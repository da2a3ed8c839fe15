enum DaemonSupportPlaceholder {}
