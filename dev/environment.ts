export type Environment = Record<string, string | undefined>;

/** Next declares NODE_ENV as always present in a process environment; a child's need not have it. */
export function toProcessEnvironment(environment: Environment) {
  return environment as NodeJS.ProcessEnv;
}
