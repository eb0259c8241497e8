type Step = () => unknown;
export type Cleanup = { add: (step: Step) => void; run: () => Promise<void>; hasBegun: () => boolean };

/** What to stop, in reverse order of starting. A step that comes after the stop began runs at once. */
export function createCleanup(): Cleanup {
  const steps: Step[] = [];
  let running: Promise<void> | undefined;
  return {
    add(step) {
      steps.push(step);
      if (running) running = running.then(() => runAll(steps));
    },
    run() {
      running ??= runAll(steps);
      return running;
    },
    hasBegun: () => running !== undefined,
  };
}

async function runAll(steps: Step[]) {
  for (let step = steps.pop(); step; step = steps.pop()) {
    try {
      await step();
    } catch (error) {
      console.error("Stopping did not go as planned:", error);
    }
  }
}
