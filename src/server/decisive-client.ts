import { Client, type ClientConfig } from "pg";

/**
 * A connection that is given up with the first query that it does not answer in time. The driver alone would put it back
 * into the pool, where whoever gets it next waits behind that query, for as long as the network does not notice.
 */
export class DecisiveClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    const query = this.query.bind(this) as (...parameters: unknown[]) => unknown;
    this.query = ((...parameters: unknown[]) => {
      const asked = query(...parameters);
      if (asked instanceof Promise) asked.catch((error: unknown) => this.giveUpAfter(error));
      return asked;
    }) as Client["query"];
  }

  private giveUpAfter(error: unknown): void {
    if (!(error instanceof Error) || error.message !== "Query read timeout") return;
    // With a query under way it says no goodbye, and closes the socket at once.
    this.end().catch(() => undefined);
  }
}
