import { findResponse } from "./request-scope.ts";

/**
 * The status of the page that is being drawn; nothing happens once it has begun to be sent. Next itself sets one only
 * for what a page throws, and answers that with an empty body that a script has to fill.
 */
export function setResponseStatus(status: number): void {
  const response = findResponse();
  if (response && !response.headersSent) response.statusCode = status;
}

export function setResponseHeader(name: string, value: string): void {
  const response = findResponse();
  if (response && !response.headersSent) response.setHeader(name, value);
}
