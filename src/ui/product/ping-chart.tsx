import { plural } from "#lib/text.ts";

type Hour = { hour: Date; count: number };

const height = 100;
const step = 10;

/** Pings of the last 24 hours, a bar for each hour. The numbers are in its label, for whoever does not see it. */
export function PingChart({ hours }: { hours: readonly Hour[] }) {
  const most = Math.max(1, ...hours.map(({ count }) => count));
  const total = hours.reduce((sum, { count }) => sum + count, 0);
  const silent = hours.filter(({ count }) => count === 0).length;
  return (
    <figure className="chart">
      <svg
        viewBox={`0 0 ${hours.length * step} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${plural(total, "ping")} in the last 24 hours, at most ${most} in one hour; ${plural(silent, "hour")} without any.`}
      >
        {hours.map(({ hour, count }, index) => (
          <Bar
            key={hour.toISOString()}
            x={index * step}
            size={(count / most) * (height - 4)}
            title={`${label(hour)} UTC: ${plural(count, "ping")}`}
          />
        ))}
      </svg>
      <figcaption>
        {[0, 6, 12, 18].map((index) => {
          const hour = hours[index]?.hour;
          return hour && <span key={index}>{label(hour)}</span>;
        })}
        <span>now (UTC)</span>
      </figcaption>
    </figure>
  );
}

function Bar({ x, size, title }: { x: number; size: number; title: string }) {
  const shown = Math.max(size, 1);
  return (
    <rect className={size > 0 ? "bar" : "bar none"} x={x + 1} width={step - 2} y={height - shown} height={shown}>
      <title>{title}</title>
    </rect>
  );
}

function label(hour: Date): string {
  return hour.toISOString().slice(11, 16);
}
