import { accountExists } from "#domain/mails/account-exists.ts";
import { addressInUse } from "#domain/mails/address-in-use.ts";
import { confirmEmail } from "#domain/mails/confirm-email.ts";
import { confirmSignUp } from "#domain/mails/confirm-sign-up.ts";
import { findPersonByEmail } from "#server/auth/find-person.ts";
import { writer } from "#server/db.ts";
import type { AccountWork } from "#server/effects/account.ts";
import type { Effect, EffectJob, Origin } from "#server/effects/effect.ts";
import { mail } from "#server/effects/mail.ts";
import { deliverMailTask } from "./deliver-mail.ts";
import { runAsSystem } from "./run-as-system.ts";
import type { QueueTask } from "./task.ts";

type Job = { id: string; origin: Origin };
type Answer = ReturnType<QueueTask["handle"]>;

/** What somebody asked for, now that nobody who could learn from it is waiting: whether there is an account decides here. */
export const accountTask: QueueTask = {
  queue: "account",
  atOnce: 2,
  async handle({ id, data }) {
    const { payload, origin } = data as EffectJob<AccountWork>;
    const job = { id, origin };
    switch (payload.kind) {
      case "signUp":
        return answerSignUp(job, payload.signUpId);
      case "changeEmail":
        return answerEmailChange(job, payload.tokenId);
      case "resetPassword":
        return answerReset(payload.email);
      case "lockOut":
        return answerLockOut(payload.email, payload.until);
      default:
        return { gaveUp: "This version does not know this kind of work." };
    }
  },
};

async function answerSignUp(job: Job, signUpId: string): Answer {
  const signUp = await writer().signUp.findUnique({ where: { id: signUpId }, select: { email: true } });
  if (!signUp) return { gaveUp: "The sign-up is gone." };
  const { email } = signUp;
  const known = await findPersonByEmail(email);
  if (known) return send(job, mail(accountExists, { to: known, data: {} }));
  // Without the names that were typed: else anybody could have us mail their words to anybody.
  return send(job, mail(confirmSignUp, { to: { email, name: email }, data: { signUpId } }));
}

async function answerEmailChange(job: Job, tokenId: string): Answer {
  const token = await writer().accountToken.findUnique({ where: { id: tokenId }, select: { email: true, userId: true } });
  if (!token?.email) return { gaveUp: "The request is gone." };
  const [owner, user] = await Promise.all([
    findPersonByEmail(token.email),
    writer().user.findUniqueOrThrow({ where: { id: token.userId }, select: { name: true } }),
  ]);
  if (owner && owner.id !== token.userId) return send(job, mail(addressInUse, { to: owner, data: {} }));
  return send(job, mail(confirmEmail, { to: { email: token.email, name: user.name }, data: { tokenId } }));
}

/** At once and under this job's id, so that a mail sent again after a crash is recognised as the same. */
function send({ id, origin }: Job, { payload }: Effect): Answer {
  return deliverMailTask.handle({ id, data: { payload, origin } as EffectJob<never> });
}

async function answerReset(email: string): Answer {
  const person = await findPersonByEmail(email);
  if (person) await runFor(person, "user.sendPasswordReset", {});
  return undefined;
}

async function answerLockOut(email: string, until: string): Answer {
  const person = await findPersonByEmail(email);
  const isRecorded = person?.lockedUntil && person.lockedUntil >= new Date(until);
  if (person && !isRecorded) await runFor(person, "user.lockOut", { until });
  return undefined;
}

async function runFor(person: { id: string }, name: string, input: Record<string, unknown>): Promise<void> {
  await runAsSystem("Accounts", name, { targetId: person.id, input });
}
