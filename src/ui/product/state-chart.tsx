import { formatTime } from "#lib/format-time.ts";
import { plural } from "#lib/text.ts";
import type { MonitorState } from "#router/monitor-status.ts";

type Props = {
  segments: readonly { state: MonitorState; from: Date; to: Date }[];
  pinged: readonly Date[];
  from: Date;
  to: Date;
};

const width = 1_200;
const parts = 120;

/** The states over the days that are kept, and beneath when pings came. The numbers are in its label, for whoever does not see it. */
export function StateChart({ segments, pinged, from, to }: Props) {
  const span = Math.max(1, to.getTime() - from.getTime());
  const x = (time: Date) => ((time.getTime() - from.getTime()) / span) * width;
  return (
    <figure className="chart states">
      <svg viewBox={`0 0 ${width} 50`} preserveAspectRatio="none" role="img" aria-label={inWords({ segments, from, span })}>
        {segments.map((segment) => (
          <rect
            key={segment.from.toISOString()}
            className={`state ${segment.state}`}
            x={x(segment.from)}
            width={Math.max(2, x(segment.to) - x(segment.from))}
            y={0}
            height={36}
          >
            <title>{`${segment.state} from ${formatTime(segment.from)} to ${formatTime(segment.to)}`}</title>
          </rect>
        ))}
        {pinged.map((at) => (
          <rect key={at.toISOString()} className="bar" x={x(at)} width={width / parts} y={42} height={8} />
        ))}
      </svg>
      <figcaption>
        <span>{formatTime(from)}</span>
        <span>now: state above, pings below</span>
      </figcaption>
    </figure>
  );
}

function inWords({ segments, from, span }: { segments: Props["segments"]; from: Date; span: number }): string {
  const shares = (["up", "late", "down", "waiting"] as const).flatMap((state) => {
    const own = segments.filter((segment) => segment.state === state);
    const sum = own.reduce((total, segment) => total + segment.to.getTime() - segment.from.getTime(), 0);
    return own.length > 0 ? [`${state} ${((100 * sum) / span).toFixed(1)} % of the time (${plural(own.length, "span")})`] : [];
  });
  return `Since ${formatTime(from)}: ${shares.join(", ")}.`;
}
