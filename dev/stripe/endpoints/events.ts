import { z } from "zod";
import { emit } from "../emit.ts";
import { endpoint, list, retrieve } from "../endpoint.ts";
import { invalid } from "../failure.ts";
import { integer, text } from "../form.ts";
import { newId } from "../store.ts";

const range = z.strictObject({ gt: integer.optional(), gte: integer.optional(), lt: integer.optional(), lte: integer.optional() });
const longest = 2 * 366 * 86_400;

/** Events, and the clocks by which tests let months pass. */
export const eventEndpoints = [
  retrieve("event", "/v1/events"),
  list("event", "/v1/events", { type: text.optional(), created: range.optional() }, ({ type, created }, given) => {
    const { gt = -1, gte = 0, lt = Number.MAX_SAFE_INTEGER, lte = Number.MAX_SAFE_INTEGER } = given.created ?? {};
    return (given.type === undefined || type === given.type) && created > gt && created >= gte && created < lt && created <= lte;
  }),
  endpoint("POST /v1/test_helpers/test_clocks", { frozen_time: integer, name: text.optional() }, (draft, { frozen_time, name }) =>
    draft.put({
      id: newId("test_helpers.test_clock"),
      object: "test_helpers.test_clock",
      created: Math.floor(Date.now() / 1_000),
      deletes_after: Math.floor(Date.now() / 1_000) + 30 * 86_400,
      frozen_time,
      livemode: false,
      name: name ?? null,
      status: "ready",
      status_details: {},
    }),
  ),
  retrieve("test_helpers.test_clock", "/v1/test_helpers/test_clocks"),
  endpoint("POST /v1/test_helpers/test_clocks/:id/advance", { frozen_time: integer }, (draft, { frozen_time }, [id = ""]) => {
    const clock = draft.get("test_helpers.test_clock", id);
    if (frozen_time <= clock.frozen_time) throw invalid("A test clock only moves forward.", { param: "frozen_time" });
    if (frozen_time > clock.frozen_time + longest) throw invalid("A test clock moves by two years at most.", { param: "frozen_time" });
    // What becomes due meanwhile happens right after this answer: see `advance`.
    const moved = draft.put({ ...clock, frozen_time, status: "ready" as const });
    emit(draft, "test_helpers.test_clock.ready", moved);
    return moved;
  }),
];
