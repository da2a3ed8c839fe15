/// `/dev/net/tun` as a program under test finds it, whatever the machine has there: it runs in a mount and a network namespace of its own.
public enum TunnelDevice: String, Sendable, CaseIterable {
    /// No such node, as in most containers.
    case absent
    /// For root alone, as the kernel makes it.
    case ofRoot = "0600"
    /// For everybody, as udev makes it: what may be done with it depends on capabilities alone.
    case ofEverybody = "0666"

    /// The command that runs `words` there. It takes root.
    func wrap(_ words: [String]) -> [String] {
        // The folder for the devices is a file system that ends with the namespace, so nothing is left of it.
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

    /// Whether this user may make the namespaces.
    public static func isPossible() async -> Bool { await succeeds(absent, "true") }

    /// Whether the kernel has the driver and lets root open the device.
    public static func hasDriver() async -> Bool { await succeeds(ofEverybody, ": <>/dev/net/tun") }

    private static func succeeds(_ device: TunnelDevice, _ script: String) async -> Bool {
        let words = device.wrap(["sh", "-c", script])
        return (try? await ChildProcess.run(words[0], Array(words.dropFirst())).status) == 0
    }
}
