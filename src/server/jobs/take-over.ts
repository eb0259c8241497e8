import { writer } from "../db.ts";
import { queueNames } from "./queues.ts";

/**
 * Nothing is wrong with the jobs of a worker that died or had to stop, so they wait for no back-off. Dying costs an
 * attempt, so that a job on which every worker dies comes to an end; being stopped does not. In the words of pg-boss,
 * which staff do not read.
 */
export function takeOverJobs(): Promise<number> {
  return writer().$executeRaw`
    UPDATE pgboss.job SET start_after = now(),
      retry_limit = retry_limit + CASE WHEN output ->> 'value' = 'pg-boss shut down while active' THEN 1 ELSE 0 END,
      output = jsonb_build_object('message', CASE WHEN output ->> 'value' = 'pg-boss shut down while active'
        THEN 'The worker that had it was stopped.' ELSE 'The worker that had it died.' END)
    WHERE name = ANY (${queueNames}) AND state = 'retry'
      AND (output ->> 'value' = 'pg-boss shut down while active' OR output -> 'value' ->> 'message' = 'job heartbeat timeout')`;
}
