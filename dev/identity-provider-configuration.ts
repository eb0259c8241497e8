import type { Configuration, KoaContextWithOIDC } from "oidc-provider";
import { demoStaff } from "./demo-staff.ts";
import { readIdentityProviderKeys } from "./identity-provider-keys.ts";
import { problemPage, signedOutPage, signOutPage } from "./identity-provider-pages.ts";
import { createStore } from "./identity-provider-store.ts";

export type IdentityProviderOptions = {
  port: number;
  issuer: string;
  clientId: string;
  clientSecret: string;
  redirectUris: string[];
  postLogoutRedirectUris: string[];
  dataDir: string;
};

const minute = 60;
const hour = 60 * minute;

// Everything the provider would otherwise print a notice about is said here.
export function configure({
  clientId,
  clientSecret,
  redirectUris,
  postLogoutRedirectUris,
  dataDir,
}: IdentityProviderOptions): Configuration {
  const { signingKey, cookieKey } = readIdentityProviderKeys(dataDir);
  return {
    adapter: createStore(),
    jwks: { keys: [signingKey] },
    // Cookies of localhost are shared by all its ports, hence names of its own.
    cookies: { keys: [cookieKey], names: { session: "demo_idp", interaction: "demo_idp_sign_in", resume: "demo_idp_resume" } },
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: redirectUris,
        post_logout_redirect_uris: postLogoutRedirectUris,
        grant_types: ["authorization_code"],
        response_types: ["code"],
        token_endpoint_auth_method: "client_secret_basic",
        require_auth_time: true,
      },
    ],
    pkce: { required: () => true },
    scopes: ["openid"],
    claims: { openid: ["sub", "groups", "amr", "auth_time"], email: ["email", "email_verified"], profile: ["name"] },
    conformIdTokenClaims: false,
    ttl: { AccessToken: hour, AuthorizationCode: minute, Grant: 8 * hour, IdToken: hour, Interaction: 30 * minute, Session: 8 * hour },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: signOut,
        postLogoutSuccessSource: showSignedOut,
      },
    },
    clientBasedCORS: () => false,
    findAccount: (_context, sub) => findAccount(sub),
    loadExistingGrant: grantEverything,
    renderError: (context, { error, error_description: description }) => {
      context.type = "html";
      context.body = problemPage(description ?? error);
    },
  };
}

function findAccount(sub: string) {
  const person = demoStaff.find((candidate) => candidate.sub === sub);
  if (!person) return undefined;
  const { name, email, groups } = person;
  return { accountId: sub, claims: () => ({ sub, name, email, email_verified: true, groups }) };
}

/** One company, one application: nobody is asked for consent. */
async function grantEverything({ oidc }: KoaContextWithOIDC) {
  const clientId = oidc.client?.clientId;
  const accountId = oidc.session?.accountId;
  if (!clientId || !accountId) return undefined;
  const known = oidc.session?.grantIdFor(clientId);
  const grant = (known && (await oidc.provider.Grant.find(known))) || new oidc.provider.Grant({ clientId, accountId });
  grant.addOIDCScope("openid email profile");
  await grant.save();
  return grant;
}

// An application that shows who is signing out needs no second question, as with the large providers.
async function signOut(context: KoaContextWithOIDC, form: string) {
  const { entities, params, session } = context.oidc;
  const target = params?.post_logout_redirect_uri;
  if (!entities.IdTokenHint || typeof target !== "string" || !session) {
    context.body = signOutPage(form);
    return;
  }
  await session.destroy();
  const destination = new URL(target);
  if (typeof params?.state === "string") destination.searchParams.set("state", params.state);
  context.status = 303;
  context.redirect(destination.href);
}

function showSignedOut(context: KoaContextWithOIDC) {
  context.body = signedOutPage();
}
