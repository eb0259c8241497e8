import { NavLink } from "./nav-link.tsx";

/** The product's first line: its name, and who is signed in. */
export function ProductHeader({ personName, maySignOut }: { personName: string | null; maySignOut: boolean }) {
  return (
    <header className="product strip">
      <a className="brand" href="/">
        Countersign
      </a>
      <nav className="account" aria-label="Account">
        {personName === null ? (
          <NavLink href="/sign-in">Sign in</NavLink>
        ) : (
          <>
            <span className="person">{personName}</span>
            <NavLink href="/security">Security</NavLink>
            {maySignOut && (
              <form method="post" action="/sign-out">
                <button className="link" type="submit">
                  Sign out
                </button>
              </form>
            )}
          </>
        )}
      </nav>
    </header>
  );
}
