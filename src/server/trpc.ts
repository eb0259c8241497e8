import { initTRPC, TRPCError } from "@trpc/server";
import type { StaffRole } from "#generated/prisma/enums.ts";
import type { AppAbility, Verb } from "./ability.ts";
import type { Context, OnBehalfOf, StaffActor } from "./actor.ts";
import { recordEvent } from "./db.ts";
import { AppError, errorCodes } from "./errors.ts";
import { noteView } from "./impersonation-views.ts";
import { log } from "./log.ts";
import { confined } from "./request-scope.ts";
import { isFault } from "./retry-after.ts";
import type { TargetType } from "./targets.ts";
import { toAppError } from "./to-app-error.ts";

/** What procedures are called with: who asks, and what they may do. */
export type ProcedureContext = Context & { ability: AppAbility };

/** Which rung of the ladder a procedure stands on; `checkRouter` refuses one that stands on none. */
export type ProcedureMeta = { rung: "public" | "signed in" | "staff" | "seat" | `role ${StaffRole}` | `ability ${Verb} ${TargetType}` };

const t = initTRPC
  .context<ProcedureContext>()
  .meta<ProcedureMeta>()
  .create({
    errorFormatter({ shape, error, ctx }) {
      const { code, userMessage, details } = toAppErrorFromTrpc(error);
      return {
        code: shape.code,
        message: userMessage,
        data: { code, httpStatus: errorCodes[code].status, requestId: ctx?.requestId ?? null, ...details },
      };
    },
  });

export const { router, createCallerFactory } = t;

/** Inside an impersonation: a line in its log, and the reader alone for every statement while it is read-only. */
const inItsSeat = t.middleware(({ ctx, path, next }) => {
  noteView(ctx, { kind: "procedure", name: path });
  return confined(ctx, () => next());
});

/** Gives every failure its code, logs it once, and hides the text of those that are our own fault. */
const withErrors = t.middleware(async ({ ctx, path, next }) => {
  const result = await next();
  if (result.ok) return result;
  const error = toAppErrorFromTrpc(result.error);
  const level = isFault(error) ? "error" : "debug";
  log[level]({ err: level === "error" ? error : undefined, code: error.code, path, requestId: ctx.requestId }, error.message);
  throw new TRPCError({ code: errorCodes[error.code].trpc, message: error.userMessage, cause: error });
});

/** A read that is refused is an event, like an operation that is refused. Operations record their own. */
const withAuditedDenials = t.middleware(async ({ ctx, path, type, next }) => {
  const result = await next();
  const { actor } = ctx;
  if (!result.ok && actor && type === "query" && isDenial(result.error)) {
    await recordEvent({
      context: { ...ctx, actor },
      operation: `read.${path}`,
      outcome: "denied",
      summary: `Read ${path}`,
      metadata: { code: toAppErrorFromTrpc(result.error).code },
    });
  }
  return result;
});

function isDenial(error: TRPCError): boolean {
  const { code } = toAppErrorFromTrpc(error);
  return code === "FORBIDDEN" || code === "IMPERSONATION_REFUSED";
}

const requireSignedIn = t.middleware(({ ctx, next }) => {
  if (!ctx.actor) throw new AppError("UNAUTHENTICATED");
  return next({ ctx: { ...ctx, actor: ctx.actor } });
});

const requireStaff = t.middleware(({ ctx, next }) => {
  if (!ctx.actor) throw new AppError("UNAUTHENTICATED");
  if (ctx.actor.type !== "staff" || ctx.onBehalfOf) throw new AppError("FORBIDDEN", { userMessage: "This is for staff." });
  if (ctx.actor.roles.length === 0) throw new AppError("FORBIDDEN", { userMessage: "You have no role yet. Ask an admin for one." });
  return next({ ctx: { ...ctx, actor: ctx.actor satisfies StaffActor } });
});

/** The customer's seat: a user, or the user whom staff are viewing as. */
const requireSeat = t.middleware(({ ctx, next }) => {
  const seat: OnBehalfOf | null = ctx.onBehalfOf ?? (ctx.actor?.type === "user" ? ctx.actor : null);
  if (!ctx.actor || !seat) throw new AppError("UNAUTHENTICATED");
  return next({ ctx: { ...ctx, actor: ctx.actor, seat } });
});

/** The exception: for anybody, signed in or not. Its uses are listed in a test. */
export const publicProcedure = t.procedure.meta({ rung: "public" }).use(inItsSeat).use(withErrors).use(withAuditedDenials);
export const signedInProcedure = publicProcedure.meta({ rung: "signed in" }).use(requireSignedIn);
export const staffProcedure = publicProcedure.meta({ rung: "staff" }).use(requireStaff);
export const seatProcedure = publicProcedure.meta({ rung: "seat" }).use(requireSeat);

/** Staff with this role, or one that includes it. */
export function roleProcedure(role: StaffRole) {
  return staffProcedure.meta({ rung: `role ${role}` }).use(({ ctx, next }) => {
    if (!ctx.actor.roles.includes(role)) throw new AppError("FORBIDDEN", { userMessage: `This needs the role ${role}.` });
    return next();
  });
}

/** Anybody whose ability has some rule for the verb; which rows is decided by `reach` or on the loaded row. */
export function abilityProcedure(verb: Verb, type: TargetType) {
  return signedInProcedure.meta({ rung: `ability ${verb} ${type}` }).use(({ ctx, next }) => {
    if (!ctx.ability.can(verb, type)) throw new AppError("FORBIDDEN");
    return next();
  });
}

function toAppErrorFromTrpc(error: TRPCError): AppError {
  if (error.cause instanceof AppError) return error.cause;
  switch (error.code) {
    case "INTERNAL_SERVER_ERROR":
      return toAppError(error.cause ?? error);
    case "NOT_FOUND":
      return new AppError("NOT_FOUND", { userMessage: "There is no such procedure.", cause: error });
    case "METHOD_NOT_SUPPORTED":
      return new AppError("METHOD_NOT_ALLOWED", { cause: error });
    case "UNSUPPORTED_MEDIA_TYPE":
      return new AppError("UNSUPPORTED_MEDIA_TYPE", { cause: error });
    case "PAYLOAD_TOO_LARGE":
      return new AppError("TOO_LARGE", { cause: error });
    default:
      return new AppError("BAD_REQUEST", { cause: error });
  }
}
