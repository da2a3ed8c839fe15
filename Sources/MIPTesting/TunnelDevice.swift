/// `/dev/net/tun` as a program under test finds it, whatever the machine has there: the program runs in its own mount and network
/// namespaces.
public enum TunnelDevice: String, Sendable, CaseIterable {
    /// The device node is missing, as in most containers.
    case absent
    /// Accessible only to root, as the kernel creates it.
    case ofRoot = "0600"
    /// Accessible to everyone, as udev creates it: only capabilities limit its use.
    case ofEverybody = "0666"

    /// The command that runs `words` in these namespaces. Needs root.
    func wrap(_ words: [String]) -> [String] {
        // The device folder is a file system that ends with the namespace, so nothing of it is left behind.
        let script = """
            umask 022
            mount -t tmpfs -o mode=0755 devices /mnt
            for name in null zero random urandom; do : >/mnt/$name; mount --bind /dev/$name /mnt/$name; done
            mkdir /mnt/net
            [ "$0" = absent ] || mknod -m "$0" /mnt/net/tun c 10 200
            mount --rbind /mnt /dev
            umount -l /mnt
            ip link set lo up
            exec "$@"
            """
        return ["unshare", "--mount", "--net", "sh", "-ec", script, rawValue] + words
    }

    /// Whether this user may create the namespaces.
    public static func isPossible() async -> Bool { await succeeds(absent, "true") }

    /// Whether the kernel has the driver and lets root open the device.
    public static func hasDriver() async -> Bool { await succeeds(ofEverybody, ": <>/dev/net/tun") }

    private static func succeeds(_ device: TunnelDevice, _ script: String) async -> Bool {
        let words = device.wrap(["sh", "-c", script])
        return (try? await ChildProcess.run(words[0], Array(words.dropFirst())).status) == 0
    }
}
