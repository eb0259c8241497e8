import { accessibleBy } from "@casl/prisma/runtime";
import type { AppAbility, Verb } from "./ability.ts";
import { AppError } from "./errors.ts";
import type { TargetType, TargetWhere } from "./targets.ts";

/**
 * The only way from an ability to a where clause: the rows of `type` on which `verb` is allowed. Throws FORBIDDEN
 * where there is no rule at all, because the library would then give a filter that Prisma reads as "every row".
 * For the top level of a query only, never inside include or a nested write.
 */
export function reach<Type extends TargetType>(ability: AppAbility, verb: Verb, type: Type): TargetWhere<Type> {
  if (!ability.can(verb, type)) throw new AppError("FORBIDDEN", { message: `No rule lets this actor ${verb} any ${type}.` });
  // biome-ignore lint/suspicious/noExplicitAny: the library's types want one fixed map of models
  return accessibleBy(ability as any, verb).ofType(type as never) as TargetWhere<Type>;
}
