import type { MailServer } from "../../../dev/mail.ts";
import type { TestStripe } from "../stripe.ts";
import { type Switch, startSwitchProxy } from "../switch-proxy.ts";

/** What is away in each course, and how: connections are refused, or are taken and nothing is answered. */
export const courses = {
  "Stripe refuses": ["stripe", "off"],
  "Stripe hangs": ["stripe", "frozen"],
  "SMTP refuses": ["smtp", "off"],
  "database cut": ["database", "off"],
  "database frozen": ["database", "frozen"],
} as const satisfies Record<string, readonly ["stripe" | "smtp" | "database", Switch]>;
export type Course = keyof typeof courses;

export type DatabaseUrls = { appUrl: string; readerUrl: string };
type Options = { databaseUrls: DatabaseUrls; stripe: Pick<TestStripe, "apiBase">; mail: Pick<MailServer, "smtpUrl"> };

/** Everything outside its own process that the application knows, each behind a switch. */
export async function startSurroundings({ databaseUrls, stripe, mail }: Options) {
  const switches = {
    database: await startSwitchProxy(databaseUrls.appUrl),
    stripe: await startSwitchProxy(stripe.apiBase),
    smtp: await startSwitchProxy(mail.smtpUrl),
  };
  return {
    environment: {
      DATABASE_URL: switches.database.url,
      DATABASE_READER_URL: switches.database.through(databaseUrls.readerUrl),
      STRIPE_API_BASE: switches.stripe.url,
      SMTP_URL: switches.smtp.url,
    },
    /** Takes away what the course is about, or brings it back. */
    turn(course: Course, isAway: boolean): void {
      const [what, how] = courses[course];
      switches[what].turn(isAway ? how : "on");
    },
    stop: async () => void (await Promise.all(Object.values(switches).map(({ stop }) => stop()))),
  };
}
