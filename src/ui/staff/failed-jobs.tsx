/** An item for the home, of those who may try jobs again; null where none failed. */
export function failedJobs({ failed, mayRetry }: { failed: number; mayRetry: boolean }) {
  if (failed === 0 || !mayRetry) return null;
  return (
    <li>
      <a href="/admin/jobs?state=failed">
        {failed > 10_000 ? "More than 10,000" : failed.toLocaleString("en-GB")} {failed === 1 ? "job" : "jobs"} failed
      </a>
    </li>
  );
}
