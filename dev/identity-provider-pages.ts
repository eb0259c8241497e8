import type { DemoPerson } from "./demo-staff.ts";

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

function page(title: string, content: string) {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <style>
      :root { color-scheme: light dark; }
      body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: CanvasText; background: Canvas; }
      main { max-width: 38rem; margin: 2rem auto; padding: 0 1rem; }
      h1 { font-size: 1.4rem; } h2 { font-size: 1rem; }
      ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .5rem; }
      button { font: inherit; color: inherit; background: transparent; border: 1px solid GrayText; border-radius: .4rem; padding: .6rem .8rem; cursor: pointer; }
      li button { width: 100%; display: grid; grid-template-columns: 10rem 1fr; gap: 0 1rem; text-align: start; }
      li small { grid-column: 1 / -1; }
      button:hover { background: color-mix(in srgb, CanvasText 8%, Canvas); }
      button:focus-visible { outline: 3px solid Highlight; outline-offset: 2px; }
    </style>
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      ${content}
    </main>
  </body>
</html>
`;
}

function escapeHtml(text: string) {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
