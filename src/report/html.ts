/** The report as one HTML file without network, script or external style: a page of a run and one of a campaign. See html/. */
export { runPage } from "./html/run-page.js";
export { verifyPage } from "./html/verify-page.js";
