import type { SettingRow } from "#router/staff/settings.ts";
import { DataTable } from "../data-table.tsx";
import { Age } from "../time.tsx";

/** Every system setting by group: what it is, what it would be, and who made it so. */
export function SettingsTable({ settings }: { settings: readonly SettingRow[] }) {
  const groups = Map.groupBy(settings, ({ group }) => group);
  return [...groups].map(([group, members]) => (
    <section key={group} aria-label={group}>
      <h2>{group}</h2>
      <DataTable label={`Settings: ${group}`} columns={["Setting", "Value", "Default", "Changed"]}>
        {members.map(({ key, title, value, fallback, isDefault, changed }) => (
          <tr key={key}>
            <td>
              <a href={`/admin/settings/${key}`}>{title}</a>
            </td>
            <td className="wide">{value}</td>
            <td className="wide">{isDefault ? <span className="quiet">the same</span> : fallback}</td>
            <td>
              {changed ? (
                <a href={`/admin/audit/${changed.id}`}>
                  <Age value={changed.at} /> by {changed.actorLabel}
                </a>
              ) : (
                <span className="quiet">never</span>
              )}
            </td>
          </tr>
        ))}
      </DataTable>
    </section>
  ));
}
