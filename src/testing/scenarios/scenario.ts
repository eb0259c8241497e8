import type { Operations } from "#router/registry.ts";
import type { Actor } from "#server/actor.ts";
import type { makeOrganization } from "../fixtures.ts";

export type OperationName = Operations[keyof Operations]["name"];
export type World = Awaited<ReturnType<typeof makeOrganization>>;

/** A target on which an operation works, an input, and somebody who may; an admin of the staff where it does not say. */
export type Scenario = {
  targetOf: (world: World) => Promise<string> | string;
  input?: (world: World) => Record<string, unknown> | Promise<Record<string, unknown>>;
  actorOf?: (world: World) => Promise<Actor> | Actor;
  /** It only asks the worker for something: no row of an audited table changes. */
  changesNothing?: true;
};

/** The scenarios of one noun or area; `scenarios.ts` puts them together. */
export type Scenarios = Partial<Record<OperationName, Scenario>>;
