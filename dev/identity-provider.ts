import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import Provider, { errors } from "oidc-provider";
import { demoStaff } from "./demo-staff.ts";
import { configure, type IdentityProviderOptions } from "./identity-provider-configuration.ts";
import { homePage, problemPage, signInPage } from "./identity-provider-pages.ts";
import { listen } from "./listen.ts";

export type IdentityProvider = { issuer: string; stop: () => Promise<void> };

/** Starts an OpenID provider on 127.0.0.1 that knows the demo staff and asks for no password. */
export async function startIdentityProvider(options: IdentityProviderOptions): Promise<IdentityProvider> {
  const provider = new Provider(options.issuer, configure(options));
  provider.on("server_error", (_context, error) => console.error("The demo identity provider failed:", error));
  const answer = provider.callback();
  const server = createServer((request, response) => {
    if (request.url === "/" && request.method === "GET") {
      sendPage(response, 200, homePage(options.postLogoutRedirectUris[0] ?? ""));
      return;
    }
    const signIn = request.url?.startsWith("/interaction/") ? answerSignIn(provider, request, response) : answer(request, response);
    signIn.catch((error: unknown) => answerProblem(response, error));
  });
  return { issuer: options.issuer, stop: await listen(server, options.port) };
}

async function answerSignIn(provider: Provider, request: IncomingMessage, response: ServerResponse) {
  const interaction = await provider.interactionDetails(request, response);
  if (request.method !== "POST") {
    const signedIn = demoStaff.find((person) => person.sub === interaction.session?.accountId);
    sendPage(response, 200, signInPage({ action: `/interaction/${interaction.uid}`, people: demoStaff, signedIn }));
    return;
  }
  const chosen = new URLSearchParams(await readBody(request)).get("person");
  const person = demoStaff.find((candidate) => candidate.sub === chosen);
  if (!person) {
    sendPage(response, 400, problemPage("There is no such person."));
    return;
  }
  if (interaction.session && interaction.session.accountId !== person.sub) {
    await leaveSession(provider, request, response);
    interaction.session = undefined;
    await interaction.persist();
  }
  await provider.interactionFinished(
    request,
    response,
    { login: { accountId: person.sub, amr: person.amr } },
    { mergeWithLastSubmission: false },
  );
}

// Left to itself the provider changes persons through a page that submits itself with JavaScript.
async function leaveSession(provider: Provider, request: IncomingMessage, response: ServerResponse) {
  const session = await provider.Session.get(provider.createContext(request, response));
  session.accountId = undefined;
  session.authorizations = undefined;
  await session.persist();
}

async function readBody(request: IncomingMessage) {
  let body = "";
  for await (const chunk of request) {
    body += chunk;
    if (body.length > 10_000) throw new errors.InvalidRequest("the form is too large");
  }
  return body;
}

function answerProblem(response: ServerResponse, error: unknown) {
  const expected = error instanceof errors.OIDCProviderError;
  if (!expected) console.error("The demo identity provider failed:", error);
  const expired = error instanceof errors.SessionNotFound;
  sendPage(response, expected ? 400 : 500, problemPage(expired ? "This sign-in has expired." : "The identity provider met a problem."));
}

function sendPage(response: ServerResponse, status: number, html: string) {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
  });
  response.end(html);
}
