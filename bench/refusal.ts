/** A reason to stop that a person can act on; shown without a stack trace. */
export class Refusal extends Error {}
