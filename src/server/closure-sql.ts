/** SQL, with `$organizationId` to be filled in: the one place that knows which tables close an organization. */
export const closureKindSql = `CASE WHEN ${has("Suspension")} THEN 'suspended' WHEN ${has("Deactivation")} THEN 'deactivated'
    WHEN ${has("Maintenance")} THEN 'maintenance' END`;

/** The same, whether its people and pings are refused altogether. */
export const isShutSql = `(${has("Suspension")} OR ${has("Deactivation")})`;

function has(table: "Suspension" | "Deactivation" | "Maintenance"): string {
  return `EXISTS (SELECT 1 FROM "${table}" x WHERE x."organizationId" = $organizationId)`;
}
