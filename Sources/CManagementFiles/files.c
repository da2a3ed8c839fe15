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

const char *mip_dashboard_js(void) {
    static const unsigned char text[] = {
#embed "../ManagementAPI/Dashboard/dashboard.js" suffix(, 0)
    };
    return (const char *)text;
}

const char *mip_openapi_answers(void) {
    static const unsigned char text[] = {
#embed "../ManagementAPI/OpenAPI/answers.json" suffix(, 0)
    };
    return (const char *)text;
}
