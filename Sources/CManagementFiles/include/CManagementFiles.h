// Files of Sources/ManagementAPI, embedded so that Swift can serve them.
#ifndef CMANAGEMENTFILES_H
#define CMANAGEMENTFILES_H

// Each returns the text of one file, terminated by a zero byte.
const char *mip_dashboard_html(void);
const char *mip_dashboard_css(void);
const char *mip_dashboard_js(void);
const char *mip_openapi_answers(void);

#endif
