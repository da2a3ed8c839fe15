// #embed takes no noticeable compile time. Swift's own mechanism, an array literal (SwiftPM's embedInCode), takes 0.13 s per kilobyte.
#include "CManagementFiles.h"

const char *mip_dashboard_html(void) {
    static const unsigned char text[] = {
#embed "../ManagementAPI/Dashboard/dashboard.html" suffix(, 0)
    };
    return (const char *)text;
}

const char *mip_dashboard_css(void) {
    static const unsigned char text[] = {
#embed "../ManagementAPI/Dashboard/dashboard.css" suffix(, 0)
    };
    return (const char *)text;
}

const char *mip_dashboard_text_js(void) {
    static const unsigned char text[] = {
#embed "../ManagementAPI/Dashboard/Scripts/text.js" suffix(, 0)
    };
    return (const char *)text;
}

const char *mip_dashboard_api_js(void) {
    static const unsigned char text[] = {
#embed "../ManagementAPI/Dashboard/Scripts/api.js" suffix(, 0)
    };
    return (const char *)text;
}

const char *mip_dashboard_session_js(void) {
    static const unsigned char text[] = {
#embed "../ManagementAPI/Dashboard/Scripts/session.js" suffix(, 0)
    };
    return (const char *)text;
}

const char *mip_dashboard_status_js(void) {
    static const unsigned char text[] = {
#embed "../ManagementAPI/Dashboard/Scripts/status.js" suffix(, 0)
    };
    return (const char *)text;
}

const char *mip_dashboard_rates_js(void) {
    static const unsigned char text[] = {
#embed "../ManagementAPI/Dashboard/Scripts/rates.js" suffix(, 0)
    };
    return (const char *)text;
}

const char *mip_dashboard_catalogue_js(void) {
    static const unsigned char text[] = {
#embed "../ManagementAPI/Dashboard/Scripts/catalogue.js" suffix(, 0)
    };
    return (const char *)text;
}

const char *mip_dashboard_table_js(void) {
    static const unsigned char text[] = {
#embed "../ManagementAPI/Dashboard/Scripts/table.js" suffix(, 0)
    };
    return (const char *)text;
}

const char *mip_dashboard_events_js(void) {
    static const unsigned char text[] = {
#embed "../ManagementAPI/Dashboard/Scripts/events.js" suffix(, 0)
    };
    return (const char *)text;
}

const char *mip_dashboard_start_js(void) {
    static const unsigned char text[] = {
#embed "../ManagementAPI/Dashboard/Scripts/start.js" suffix(, 0)
    };
    return (const char *)text;
}

const char *mip_openapi_answers(void) {
    static const unsigned char text[] = {
#embed "../ManagementAPI/OpenAPI/answers.json" suffix(, 0)
    };
    return (const char *)text;
}
