/** What `run`, `replay` and `verify` print: tables of at most 100 columns, without the last line end. See terminal/. */
export { runTable } from "./terminal/run-table.js";
export { verifyTable } from "./terminal/verify-table.js";
