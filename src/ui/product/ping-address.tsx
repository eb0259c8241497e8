/** The secret address to call, or that staff do not get to see it. */
export function PingAddress({ url, viewingAs }: { url: string | null; viewingAs: string | null }) {
  return (
    <section>
      <h2>Ping address</h2>
      {url ? (
        <>
          <p>Call it whenever the job is done, with GET, HEAD or POST. Whoever knows the address can ping, so treat it as a secret.</p>
          <pre className="copy">{url}</pre>
          <p>At the end of a script, or after the command in a crontab:</p>
          <pre className="copy">{`your-job && curl -fsS --retry 3 ${url}`}</pre>
          <p>To be told at once when it fails, and when a run takes longer than the grace:</p>
          <pre className="copy">{`curl -fsS --retry 3 ${url}/start\nif your-job; then curl -fsS --retry 3 ${url}; else curl -fsS --retry 3 ${url}/fail; fi`}</pre>
        </>
      ) : (
        <p className="quiet">It is a secret of {viewingAs ?? "the customer"}, so it is not shown to you.</p>
      )}
    </section>
  );
}
