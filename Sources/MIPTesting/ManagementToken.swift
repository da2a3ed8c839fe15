/// A token of the JSON API with the role write, for tests that make changes over TCP. `mip-mibd` must be configured with it.
public enum ManagementToken {
    /// The name that the audit records.
    public static let name = "tests"
    /// What clients send.
    public static let text = String(repeating: "7e57", count: 16)
    /// The SHA-256 of the text, as the configuration file has it.
    public static let hash = "sha256:be9179c2f38502f8214b059fd72ee43d5ab1c6440f3848470f00b39cd494d68a"
    /// The value of the field Authorization.
    public static let authorization = "Bearer \(text)"
    /// The setting in the section `http`, as one line of YAML.
    public static let setting = "tokens: [{name: \(name), role: write, hash: \"\(hash)\"}]"
    /// The arguments with which curl sends it.
    public static let curl = ["-H", "Authorization: \(authorization)"]
}
