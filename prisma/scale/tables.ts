import { insertEvents } from "./events.ts";
import type { ScaleOptions } from "./options.ts";

/** Fills one or two tables from the numbers $1 to $2. */
export type Step = { tables: [string, ...string[]]; total: number; chunk: number; sql: string };

export function steps({ organizations, users, events }: ScaleOptions, now: number): Step[] {
  const today = `pg_temp.at(${now})`;
  return [
    {
      tables: ["Organization"],
      total: organizations,
      chunk: 20_000,
      sql: `
      INSERT INTO "Organization" ("id", "name", "slug", "stripeCustomerId", "createdAt")
      SELECT pg_temp.organization_id(n), pg_temp.organization_name(n), pg_temp.organization_slug(n),
        CASE WHEN pg_temp.chance(n, 10) < 0.85 THEN 'cus_' || left(translate(encode(decode(md5('cus' || n), 'hex'), 'base64'), '+/=', 'xyz'), 14) END,
        pg_temp.at(pg_temp.organization_ms(n))
      FROM generate_series($1::bigint, $2) AS n`,
    },
    {
      tables: ["Subscription"],
      total: organizations,
      chunk: 20_000,
      sql: `
      INSERT INTO "Subscription" ("id", "organizationId", "planId", "status", "seats", "trialEndsAt", "currentPeriodEndsAt", "createdAt")
      SELECT pg_temp.made_id('sub', pg_temp.organization_ms(n), n), pg_temp.organization_id(n),
        (ARRAY['free', 'team', 'team', 'business'])[1 + floor(4 * pg_temp.chance(n, 11))::int], status::"SubscriptionStatus", 1 + floor(40 * pg_temp.chance(n, 12) ^ 3)::int,
        CASE WHEN status = 'trialing' THEN ${today} + (44 * pg_temp.chance(n, 13) - 14) * interval '1 day' END,
        CASE WHEN status <> 'trialing' THEN ${today} + (CASE status WHEN 'active' THEN 30 ELSE -60 END * pg_temp.chance(n, 13)) * interval '1 day' END,
        pg_temp.at(pg_temp.organization_ms(n))
      FROM generate_series($1::bigint, $2) AS n
      CROSS JOIN LATERAL (SELECT CASE WHEN draw < 0.62 THEN 'active' WHEN draw < 0.76 THEN 'trialing' WHEN draw < 0.84 THEN 'pastDue' ELSE 'canceled' END AS status
        FROM (SELECT pg_temp.chance(n, 14) AS draw) AS drawn) AS state`,
    },
    {
      tables: ["Suspension"],
      total: organizations,
      chunk: 100_000,
      sql: `
      INSERT INTO "Suspension" ("id", "organizationId", "reason", "ticket", "suspendedAt")
      SELECT pg_temp.made_id('sus', pg_temp.organization_ms(n), n), pg_temp.organization_id(n), 'Chargeback under review', 'SUP-' || n % 90000, ${today} - interval '3 days'
      FROM generate_series($1::bigint, $2) AS n WHERE pg_temp.chance(n, 15) < 0.005`,
    },
    {
      tables: ["User"],
      total: users,
      chunk: 50_000,
      sql: `
      INSERT INTO "User" ("id", "email", "name", "passwordChangedAt", "createdAt", "lastSeenAt")
      SELECT pg_temp.user_id(n), pg_temp.user_email(n), pg_temp.user_name(n), pg_temp.at(pg_temp.user_ms(n)), pg_temp.at(pg_temp.user_ms(n)),
        CASE WHEN pg_temp.chance(n, 16) < 0.9 THEN pg_temp.at(pg_temp.user_ms(n) + floor((${now} - pg_temp.user_ms(n)) * pg_temp.chance(n, 17) ^ 0.2)::bigint) END
      FROM generate_series($1::bigint, $2) AS n`,
    },
    {
      tables: ["Membership"],
      total: users,
      chunk: 50_000,
      sql: `
      INSERT INTO "Membership" ("id", "organizationId", "userId", "role", "createdAt")
      SELECT pg_temp.made_id('mem', pg_temp.user_ms(n), n + ${users} * second), pg_temp.organization_id((pg_temp.user_organization(n) + second - 1) % ${organizations} + 1), pg_temp.user_id(n),
        (CASE WHEN n <= ${organizations} AND second = 0 THEN 'owner' WHEN pg_temp.chance(n, 18) < 0.12 THEN 'admin' ELSE 'member' END)::"OrganizationRole", pg_temp.at(pg_temp.user_ms(n))
      FROM generate_series($1::bigint, $2) AS n
      CROSS JOIN LATERAL generate_series(0, CASE WHEN pg_temp.chance(n, 19) < 0.03 AND ${organizations} > 1 THEN 1 ELSE 0 END) AS second`,
    },
    {
      tables: ["Lockout"],
      total: users,
      chunk: 500_000,
      sql: `
      INSERT INTO "Lockout" ("userId", "lockedAt", "until")
      SELECT pg_temp.user_id(n), ${today}, ${today} + interval '15 minutes' FROM generate_series($1::bigint, $2) AS n WHERE pg_temp.chance(n, 20) < 0.002`,
    },
    {
      tables: ["Session"],
      total: users,
      chunk: 200_000,
      sql: `
      INSERT INTO "Session" ("id", "userId", "sourceIp", "userAgent", "createdAt", "expiresAt", "lastSeenAt")
      SELECT pg_temp.made_id('ses', ms, n), pg_temp.user_id(n), '198.51.100.' || n % 250, 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0',
        pg_temp.at(ms), pg_temp.at(ms) + interval '30 days', pg_temp.at(ms)
      FROM generate_series($1::bigint, $2) AS n
      CROSS JOIN LATERAL (SELECT ${now} - floor(${30 * 86_400_000} * pg_temp.chance(n, 21))::bigint AS ms) AS session
      WHERE pg_temp.chance(n, 22) < 0.1 AND pg_temp.user_ms(n) < ms`,
    },
    {
      tables: ["Monitor"],
      total: organizations,
      chunk: 100_000,
      sql: `
      INSERT INTO "Monitor" ("id", "organizationId", "name", "intervalSeconds", "graceSeconds", "createdAt", "stateSince", "lastPingAt", "lastPingKind", "state", "nextCheckAt")
      SELECT pg_temp.monitor_id(n, number), pg_temp.organization_id(n), (ARRAY['Nightly backup', 'Invoice export', 'Stock import'])[number + 1], 3600, 600,
        pg_temp.at(pg_temp.organization_ms(n)), pg_temp.at(pg_temp.organization_ms(n)),
        ${today} - 2 * pg_temp.chance(n, 23) * interval '1 hour', 'success', 'up', NULL
      FROM generate_series($1::bigint, $2) AS n CROSS JOIN LATERAL generate_series(0, floor(3 * pg_temp.chance(n, 24))::int) AS number WHERE n % 10 = 1`,
    },
    { tables: ["AuditEvent", "AuditChange"], total: events, chunk: 100_000, sql: insertEvents(now) },
  ];
}
