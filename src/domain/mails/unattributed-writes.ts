import { formatTime } from "#lib/format-time.ts";
import { allOfThese, plural } from "#lib/text.ts";
import { outsideChangesPath } from "../alarms.ts";
import { defineMail } from "./mail.ts";

type Data = {
  events: number;
  firstAt: string;
  lastAt: string;
  databaseRoles: string[];
  tables: { name: string; rows: number }[];
  /** Where the counting stopped; null where it came to the end. */
  moreThan: number | null;
  truncated: string[];
};

/** To staff who are told of alarms. */
export const unattributedWrites = defineMail({
  name: "unattributedWrites",
  whileImpersonating: "allow",
  write: (data: Data) => ({
    subject: "Data was changed from outside the application",
    paragraphs: [
      `Somebody changed data in the database itself, past the application: ${plural(data.events, "transaction")}, ${describeTimes(data)}, as the database ${describeRoles(data)}.`,
      ...describeRows(data),
      ...(data.truncated.length > 0 ? [`Emptied at once, with no record of each row: ${allOfThese(data.truncated)}.`] : []),
      "Nobody confirmed it and no reason was given. The audit has the rows before and after, and the address it came from, but not the person. If you do not know of it, find out who has the password of this role.",
    ],
    action: { label: "See it in the audit", path: outsideChangesPath({ from: new Date(data.firstAt), to: new Date(data.lastAt) }) },
  }),
});

function describeTimes({ firstAt, lastAt }: Data): string {
  const [first, last] = [formatTime(new Date(firstAt)), formatTime(new Date(lastAt))];
  return first === last ? `at ${first}` : `from ${first} to ${last}`;
}

function describeRoles({ databaseRoles }: Data): string {
  return `${databaseRoles.length === 1 ? "role" : "roles"} ${allOfThese(databaseRoles)}`;
}

function describeRows({ tables, moreThan }: Data): string[] {
  if (tables.length === 0) return [];
  if (moreThan === null)
    return [`Rows that changed: ${allOfThese(tables.map(({ name, rows }) => `${rows.toLocaleString("en-GB")} of ${name}`))}.`];
  const names = allOfThese(tables.map(({ name }) => name));
  return [`More than ${moreThan.toLocaleString("en-GB")} rows changed, of ${names}, and perhaps of other tables.`];
}
