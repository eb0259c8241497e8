import { formatAge, formatTime } from "#lib/format-time.ts";

/** A moment with its zone and its age; the exact time on hover. */
export function Time({ value, none = "never" }: { value: Date | null; none?: string }) {
  if (!value) return <span className="quiet">{none}</span>;
  const exact = value.toISOString();
  return (
    <time dateTime={exact} title={exact}>
      {formatTime(value)} <small>{formatAge(value)}</small>
    </time>
  );
}

/** The age alone where there is little room; the time on hover. */
export function Age({ value, none = "never" }: { value: Date | null; none?: string }) {
  if (!value) return <span className="quiet">{none}</span>;
  return (
    <time dateTime={value.toISOString()} title={formatTime(value)}>
      {formatAge(value)}
    </time>
  );
}
