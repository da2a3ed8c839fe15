// Files of Sources/ManagementAPI, embedded so that Swift can serve them.
#ifndef CMANAGEMENTFILES_H
#define CMANAGEMENTFILES_H

// Each returns the text of one file, terminated by a zero byte.
const char *mip_dashboard_html(void);
const char *mip_dashboard_css(void);
const char *mip_dashboard_text_js(void);
const char *mip_dashboard_api_js(void);
const char *mip_dashboard_session_js(void);
const char *mip_dashboard_status_js(void);
const char *mip_dashboard_rates_js(void);
const char *mip_dashboard_catalogue_js(void);
const char *mip_dashboard_table_js(void);
const char *mip_dashboard_events_js(void);
const char *mip_dashboard_start_js(void);
const char *mip_openapi_answers(void);

#endif
