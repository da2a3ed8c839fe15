internal import CManagementFiles

/// The files of the dashboard.
enum DashboardFiles {
    static let html = String(cString: mip_dashboard_html())
    static let css = String(cString: mip_dashboard_css())
    /// The scripts by name, in the order in which the page loads them.
    static let scripts: [(name: String, text: String)] = [
        ("text", String(cString: mip_dashboard_text_js())),
        ("api", String(cString: mip_dashboard_api_js())),
        ("session", String(cString: mip_dashboard_session_js())),
        ("status", String(cString: mip_dashboard_status_js())),
        ("rates", String(cString: mip_dashboard_rates_js())),
        ("catalogue", String(cString: mip_dashboard_catalogue_js())),
        ("table", String(cString: mip_dashboard_table_js())),
        ("events", String(cString: mip_dashboard_events_js())),
        ("start", String(cString: mip_dashboard_start_js())),
    ]
}
