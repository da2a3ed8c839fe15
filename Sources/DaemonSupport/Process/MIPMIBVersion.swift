/// The version of this product, shared by all its programs.
public enum MIPMIBVersion {
    /// Semantic version, for example `0.1.0`.
    public static let current = "0.1.0"
}
