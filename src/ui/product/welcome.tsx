/** For somebody who is not signed in: what this is. */
export function Welcome() {
  return (
    <div className="welcome">
      <h1>Know when a job did not run</h1>
      <p>
        Countersign is heartbeat monitoring. Backups, imports and other scheduled jobs call a private address each time they finish. When a
        call does not come in time, the job’s monitor turns late, then down, and your team sees it here.
      </p>
      <p>
        Our support staff can view your organization as you see it, to help you. They can change nothing, unless they say once more why they
        have to. All of it is recorded, with their name and their reasons, and you can read it.
      </p>
      <p className="actions">
        <a className="button primary" href="/sign-up">
          Sign up
        </a>
        <a className="button" href="/sign-in">
          Sign in
        </a>
        <a href="/admin">Staff area</a>
      </p>
    </div>
  );
}
