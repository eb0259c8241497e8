/** An item for the home, of those who are told of alarms; null where nothing was changed from outside. */
export function outsideChangesItem(count: number) {
  if (count === 0) return null;
  return (
    <li>
      <a href="/admin/audit?operation=database.write">
        {count > 10_000 ? "More than 10,000" : count.toLocaleString("en-GB")} {count === 1 ? "change" : "changes"} from outside the
        application
      </a>{" "}
      <small>in the last 7 days</small>
    </li>
  );
}
