import { Message } from "../message.tsx";

/** What came of the form that led here. */
export function Outcome({ done, problem }: { done: string | null; problem: string | null }) {
  if (problem) return <Message tone="error">{problem}</Message>;
  if (done) return <Message tone="success">Done: {done.toLowerCase()}.</Message>;
  return null;
}
