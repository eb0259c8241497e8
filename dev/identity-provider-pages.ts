import type { DemoPerson } from "./demo-staff.ts";
import { escapeHtml, page as frame } from "./page.ts";

export function signInPage({ action, people, signedIn }: { action: string; people: DemoPerson[]; signedIn: DemoPerson | undefined }) {
  return page(
    "Demo identity provider",
    `<p>A stand-in for the company’s identity provider; setting <code>STAFF_OIDC_ISSUER</code> replaces it.</p>
    ${signedIn ? `<p>Signed in here as <strong>${escapeHtml(signedIn.name)}</strong>. Countersign asks for a fresh sign-in.</p>` : ""}
    <h2 id="people">Sign in as</h2>
    <form method="post" action="${escapeHtml(action)}">
      <ul aria-labelledby="people">${people.map(personButton).join("")}</ul>
    </form>`,
  );
}

/** For whoever opens the provider's own address, which leads nowhere by itself. */
export function homePage(staffArea: string) {
  return page(
    "Demo identity provider",
    `<p>A stand-in for the company’s identity provider; setting <code>STAFF_OIDC_ISSUER</code> replaces it.</p>
    <p>A sign-in begins in Countersign: <a href="${escapeHtml(staffArea)}">the staff area</a>.</p>`,
  );
}

export function signedOutPage() {
  return page("Signed out", "<p>You are signed out of the demo identity provider.</p>");
}

export function signOutPage(form: string) {
  return page(
    "Sign out?",
    `<p>This ends your session at the demo identity provider.</p>${form}
    <p><button form="op.logoutForm" type="submit" name="logout" value="yes">Sign out</button></p>`,
  );
}

export function problemPage(problem: string) {
  return page("Sign-in did not work", `<p>${escapeHtml(problem)}</p><p>Go back to Countersign and sign in again.</p>`);
}

function personButton({ sub, name, email, job }: DemoPerson) {
  return `<li><button type="submit" name="person" value="${escapeHtml(sub)}"><strong>${escapeHtml(name)}</strong> <span>${escapeHtml(job)}</span> <small>${escapeHtml(email)}</small></button></li>`;
}

const style = `ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .5rem; }
      li button { width: 100%; display: grid; grid-template-columns: 10rem 1fr; gap: 0 1rem; text-align: start; }
      li small { grid-column: 1 / -1; }`;

function page(title: string, content: string) {
  return frame({ title, style, content });
}
