import { adjectives, firstNames, lastNames, nouns, trades } from "./names.ts";
import type { ScaleOptions } from "./options.ts";

const historyMs = 3 * 365 * 86_400_000;
export const eventsMs = 365 * 86_400_000 - 3_600_000;

/** Only scale data has slugs that end in a number after a double letter. */
export const slugPattern = "-nn[0-9]+$";

/**
 * Everything about the n-th organization or user follows from n alone, so that rows refer to each other without being
 * looked up. The functions live in the session's temporary schema and leave nothing behind.
 */
export function temporaryFunctions({ organizations, users, events }: ScaleOptions, now: number): string[] {
  return [
    define("chance(n bigint, salt int)", "float8", "(hashint8extended(n, salt) & 9007199254740991)::float8 / 9007199254740992"),
    define("pick(list text[], chance float8)", "text", "list[1 + floor(chance * cardinality(list))::int]"),
    define("made_id(prefix text, ms bigint, n bigint)", "text", "prefix || '_' || lpad(to_hex(ms), 12, '0') || left(md5(prefix || n), 12)"),
    define("at(ms bigint)", "timestamptz", "to_timestamp(ms / 1000.0::float8)"),

    // Older organizations have more people and more events: the largest has about users / sqrt(organizations).
    define("some_organization(n bigint, salt int)", "bigint", `1 + floor(${organizations} * pg_temp.chance(n, salt) ^ 2)::bigint`),
    define("organization_ms(n bigint)", "bigint", `${now} - ${historyMs}::bigint * (${organizations} - n + 1) / ${organizations + 1}`),
    define("organization_id(n bigint)", "text", "pg_temp.made_id('org', pg_temp.organization_ms(n), n)"),
    define(
      "organization_name(n bigint)",
      "text",
      `pg_temp.pick(${list(adjectives)}, pg_temp.chance(n, 1)) || ' ' || pg_temp.pick(${list(nouns)}, pg_temp.chance(n, 2)) || ' ' || pg_temp.pick(${list(trades)}, pg_temp.chance(n, 3))`,
    ),
    define("organization_slug(n bigint)", "text", "replace(lower(pg_temp.organization_name(n)), ' ', '-') || '-nn' || n"),

    // The first users are the owners, each of the organization with the same number.
    define("user_organization(n bigint)", "bigint", `CASE WHEN n <= ${organizations} THEN n ELSE pg_temp.some_organization(n, 4) END`),
    define(
      "user_ms(n bigint)",
      "bigint",
      `CASE WHEN n <= ${organizations} THEN pg_temp.organization_ms(n)
      ELSE greatest(pg_temp.organization_ms(pg_temp.user_organization(n)), ${now} - ${historyMs}::bigint * (${users} - n + 1) / ${users - organizations + 1}) END`,
    ),
    define("user_id(n bigint)", "text", "pg_temp.made_id('usr', pg_temp.user_ms(n), n)"),
    define(
      "user_name(n bigint)",
      "text",
      `pg_temp.pick(${list(firstNames)}, pg_temp.chance(n, 5)) || ' ' || pg_temp.pick(${list(lastNames)}, pg_temp.chance(n, 6))`,
    ),
    define(
      "user_email(n bigint)",
      "text",
      `replace(lower(pg_temp.user_name(n)), ' ', '.') || n || '@' || CASE WHEN pg_temp.chance(n, 7) < 0.2
      THEN pg_temp.pick(ARRAY['mail.example', 'post.example', 'inbox.example'], pg_temp.chance(n, 8))
      ELSE split_part(pg_temp.organization_slug(pg_temp.user_organization(n)), '-nn', 1) || '.example' END`,
    ),

    define(
      "monitor_id(organization bigint, number int)",
      "text",
      "pg_temp.made_id('mon', pg_temp.organization_ms(organization), organization * 3 + number)",
    ),
    define("event_ms(n bigint)", "bigint", `${now} - ${eventsMs}::bigint * (${events} - n + 1) / ${events + 1}`),
  ];
}

function define(signature: string, result: string, body: string): string {
  return `CREATE FUNCTION pg_temp.${signature} RETURNS ${result} LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT ${body} $$`;
}

export function list(words: readonly string[]): string {
  return `'{${words.map((word) => `"${word.replaceAll("'", "''")}"`).join(",")}}'::text[]`;
}
