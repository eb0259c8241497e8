import type { ReactNode } from "react";
import type { StaffRole } from "#generated/prisma/enums.ts";
import { Still } from "../still.tsx";
import { SearchBox } from "./search-box.tsx";

const sections = [
  { path: "/admin", label: "Home" },
  { path: "/admin/organizations", label: "Organizations" },
  { path: "/admin/users", label: "Users" },
  { path: "/admin/invoices", label: "Invoices" },
  { path: "/admin/audit", label: "Audit" },
  { path: "/admin/approvals", label: "Approvals" },
  { path: "/admin/bulk", label: "Bulk" },
  { path: "/admin/jobs", label: "Jobs" },
  { path: "/admin/impersonations", label: "Impersonations" },
  { path: "/admin/reviews", label: "Reviews" },
  { path: "/admin/staff", label: "Staff" },
  { path: "/admin/settings", label: "Settings" },
];

/** These have a larger one of their own. */
const searchPages = ["/admin", "/admin/search"];
/** What is on the other pages stands still. */
const livePages = /^\/admin(\/search|\/(jobs|bulk)\/[^/]+)?$/;

type Person = { label: string; strongestRoles: readonly StaffRole[]; impersonating: string | null };

/** What surrounds every page of the staff area: where you are, who you are, and the search. */
export function StaffShell({ actor, path, children }: { actor: Person | null; path: string; children: ReactNode }) {
  const isLive = livePages.test(path);
  return (
    <>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <header className="staff">
        <Still as="div">
          <a className="brand" href="/admin">
            Countersign <small>· Staff area</small>
          </a>
          <nav aria-label="Staff area">
            {sections.map((section) => (
              <a key={section.path} href={section.path} aria-current={currentOf(section.path, path)}>
                {section.label}
              </a>
            ))}
          </nav>
        </Still>
        {actor && !searchPages.includes(path) && <SearchBox />}
        {actor && (
          <Still as="div">
            <Me {...actor} />
          </Still>
        )}
      </header>
      {isLive ? (
        <main id="content">{children}</main>
      ) : (
        <Still as="main" id="content">
          {children}
        </Still>
      )}
    </>
  );
}

function Me({ label, strongestRoles, impersonating }: Person) {
  return (
    <form className="me" method="post" action="/admin/sign-out">
      {impersonating && <a href={`/admin/impersonations/${impersonating}`}>Viewing as a customer</a>}
      <span>
        {label} <small>{strongestRoles.join(", ") || "no role"}</small>
      </span>
      <button className="link" type="submit">
        Sign out
      </button>
    </form>
  );
}

function currentOf(section: string, path: string): "page" | "true" | undefined {
  if (section === path) return "page";
  return section !== "/admin" && path.startsWith(`${section}/`) ? "true" : undefined;
}
