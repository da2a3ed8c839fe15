enum MobileNodePlaceholder {}
