import { text } from 'node:stream/consumers';
import { ProblemError } from '#contract/problem';
import { timeLimit } from '#contract/time-limit';
import type { Guest } from './guest';
import type { Places } from './places';
import { configRefused } from './problems';
import { writeRecord } from './records';

/** The script waits for two ends and three starts of the engine at most, each with a limit of its own. */
const limitMs = 720_000;
const answerMs = 10_000;

/**
 * Starts the guest's engine again with this daemon.json; empty is none. src/guest/engine-config.sh does the work there,
 * as the engine, once it has ended, cannot be asked.
 * @throws ProblemError with the engine's words when it did not come up, and the configuration before was put back
 */
export async function configureEngine(guest: Guest, config: string, places: Places): Promise<void> {
  const { link, engine, signal, facts } = guest;
  const program = link.run(['/usr/sbin/gantry-engine-config'], {
    tty: null,
    signal: timeLimit(limitMs, signal),
  });
  program.stdin.end(config);
  const [said, complaint, code] = await Promise.all([
    text(program.stdout),
    text(program.stderr),
    program.exited,
  ]);
  if (code !== 0) {
    const runs = await engine.ping(timeLimit(answerMs, signal)).then(
      () => true,
      () => false,
    );
    throw new ProblemError(configRefused(runs, (said.trim() || complaint.trim()).slice(0, 4000)));
  }
  facts.configDropped = null;
  await writeRecord(places.machine, facts);
}
