import { Badge } from "../badge.tsx";
import { Age } from "../time.tsx";

/** Whether somebody's sign-in is refused after too many wrong passwords. */
export function LockState({ until }: { until: Date | null }) {
  if (!until || until < new Date()) return <span className="quiet nowrap">not locked</span>;
  return (
    <Badge tone="bad">
      locked, ends <Age value={until} />
    </Badge>
  );
}
