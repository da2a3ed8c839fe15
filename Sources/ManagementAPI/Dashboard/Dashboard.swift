import HTTPTypes
import Hummingbird
import NIOCore

/// The page at `/`: files served from memory, which load nothing from elsewhere.
///
/// It contains no data and is served to everyone who may connect. It requests the data it shows from the API, with the token that the user
/// enters where one is required.
struct Dashboard: Sendable {
    private static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src data:", "base-uri 'none'",
        "form-action 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    /// The files with their paths and media types.
    static let files: [(path: String, type: String, text: String)] =
        [
            (path: "/", type: "text/html; charset=utf-8", text: DashboardFiles.html),
            (path: "/dashboard.css", type: "text/css; charset=utf-8", text: DashboardFiles.css),
        ]
        + DashboardFiles.scripts.map {
            (path: "/dashboard/\($0.name).js", type: "text/javascript; charset=utf-8", text: $0.text)
        }

    func add(to router: Router<APIContext>) {
        for file in Self.files {
            let body = ByteBuffer(string: file.text)
            router.get(RouterPath(file.path)) { _, _ in
                Response(
                    status: .ok, headers: [.contentType: file.type, .contentSecurityPolicy: Self.policy],
                    body: ResponseBody(byteBuffer: body))
            }
        }
    }
}
