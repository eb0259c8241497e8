/** How much of something is done; nothing where that is not known. */
export function ProgressBar({ label, done, total }: { label: string; done: number | null; total: number | null }) {
  if (done === null || !total) return null;
  const percent = Math.min(100, Math.floor((100 * done) / total));
  return (
    <span className="progress">
      <progress aria-label={label} value={done} max={total} /> {percent} %{" "}
      <small>
        {done.toLocaleString("en-GB")} of {total.toLocaleString("en-GB")}
      </small>
    </span>
  );
}
