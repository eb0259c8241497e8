/** One line for each piece of work; on a terminal it is drawn again while the work goes on. */
export function startProgress(title: string, total: number) {
  const startedAt = performance.now();
  let shownAt = 0;

  function show(done: number, rows: number) {
    const seconds = (performance.now() - startedAt) / 1000;
    const line = `${title.padEnd(34)}${String(Math.floor((100 * done) / total)).padStart(4)} %  ${format(rows).padStart(12)} rows  ${format(rows / seconds).padStart(9)} rows/s  ${seconds.toFixed(1).padStart(6)} s`;
    if (process.stdout.isTTY) process.stdout.write(`\r${line}${done === total ? "\n" : ""}`);
    else if (done === total || performance.now() - shownAt > 5_000) console.log(line);
    else return;
    shownAt = performance.now();
  }

  return { show };
}

export async function timed(title: string, work: () => Promise<unknown>): Promise<void> {
  const startedAt = performance.now();
  if (process.stdout.isTTY) process.stdout.write(`\r${title} …`);
  await work();
  const line = `${title.padEnd(72)}${seconds(startedAt).padStart(14)}`;
  console.log(process.stdout.isTTY ? `\r${line}` : line);
}

export function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

export function format(count: number): string {
  return Math.round(count).toLocaleString("en-GB");
}
