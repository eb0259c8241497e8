import { AppError } from "./errors.ts";

const atOnce = 3;
const mostWaiting = 20;
const queues = new Map<string, { running: number; waiting: (() => void)[] }>();

/**
 * Runs `work` when this actor has less than three others running in this process, so that nobody can hold all
 * connections; refuses with TOO_MANY_REQUESTS when twenty wait already.
 */
export async function inTurn<Result>(actorId: string, work: () => Promise<Result>): Promise<Result> {
  const queue = queues.get(actorId) ?? { running: 0, waiting: [] };
  queues.set(actorId, queue);
  if (queue.running >= atOnce) {
    if (queue.waiting.length >= mostWaiting) throw new AppError("TOO_MANY_REQUESTS");
    await new Promise<void>((go) => queue.waiting.push(go));
  } else {
    queue.running += 1;
  }
  try {
    return await work();
  } finally {
    const next = queue.waiting.shift();
    if (next) next();
    else queue.running -= 1;
    if (queue.running === 0) queues.delete(actorId);
  }
}
