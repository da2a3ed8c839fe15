internal import CManagementFiles

/// The files of the dashboard.
enum DashboardFiles {
    static let html = String(cString: mip_dashboard_html())
    static let css = String(cString: mip_dashboard_css())
    static let js = String(cString: mip_dashboard_js())
}
