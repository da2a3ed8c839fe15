// Files of Sources/ManagementAPI, for Swift to serve.
#ifndef CMANAGEMENTFILES_H
#define CMANAGEMENTFILES_H

// The text of each; a zero ends it.
const char *mip_dashboard_html(void);
const char *mip_dashboard_css(void);
const char *mip_dashboard_js(void);
const char *mip_openapi_answers(void);

#endif
