import CLinuxNetwork
import Glibc

/// A thread that runs one function; `wait` joins it.
struct PlaneThread {
    private let thread: pthread_t

    private final class Box {
        let name: String
        let body: () -> Void

        init(_ name: String, _ body: @escaping () -> Void) {
            self.name = name
            self.body = body
        }
    }

    /// - Parameter name: at most 15 octets; shown by tools such as `ps`.
    init(named name: String, _ body: sending @escaping () -> Void) throws(DataPlaneError) {
        var thread = pthread_t()
        let box = Unmanaged.passRetained(Box(name, body))
        let code = pthread_create(
            &thread, nil,
            { argument in
                // Signals are handled by other threads of the program.
                var all = sigset_t()
                sigfillset(&all)
                pthread_sigmask(SIG_BLOCK, &all, nil)
                if let argument {
                    // The box that `init` retained; nothing else holds it.
                    let box = Unmanaged<Box>.fromOpaque(argument).takeRetainedValue()
                    mip_name_this_thread(box.name)
                    box.body()
                }
                return nil
            }, box.toOpaque())
        guard code == 0 else {
            box.release()
            throw DataPlaneError("cannot start the thread of the data plane", code)
        }
        self.thread = thread
    }

    /// Returns when the function has returned. May be called only once.
    func wait() { pthread_join(thread, nil) }
}
