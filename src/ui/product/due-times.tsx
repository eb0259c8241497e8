import { Time } from "../time.tsx";
import { formatInZone } from "./schedule.ts";

/** When pings are due next, also by the clocks of the schedule's own zone. */
export function DueTimes({ times, timeZone }: { times: readonly Date[]; timeZone: string | null }) {
  if (times.length === 0) return <span className="quiet">counted from the first ping</span>;
  return (
    <ul className="plain">
      {times.map((time) => (
        <li key={time.toISOString()}>
          {timeZone && timeZone !== "UTC" && `${formatInZone(time, timeZone)} ${timeZone}: `}
          <Time value={time} />
        </li>
      ))}
    </ul>
  );
}
