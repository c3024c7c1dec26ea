import { openCountingDoor } from './counting-door';
import { type Figure, figure } from './figure';
import { cpuShareOf, memoryOf } from './processes';
import { engineWithHello, openGantry } from './stage';

const settleMs = 5000;
const watchSeconds = 20;
const runs = 3;

const settle = () => new Promise((resolve) => setTimeout(resolve, settleMs));

/** What Gantry costs while nobody does anything: calls when hidden, memory and CPU when visible. */
export async function idle(): Promise<Record<string, Figure>> {
  await using engine = await engineWithHello();
  await using door = await openCountingDoor(engine.socket);
  await using app = await openGantry(door.host);
  const { page } = app;
  await page.getByRole('link', { name: 'Containers', exact: true }).click();
  await page.getByRole('heading', { name: 'Containers', exact: true }).waitFor();

  const measure = async (): Promise<number[]> => {
    await settle();
    const shares: number[] = [];
    for (let run = 0; run < runs; run += 1) shares.push(await cpuShareOf(app.pid, watchSeconds));
    return shares;
  };
  const none = await measure();
  const memory = memoryOf(app.pid);
  for (let index = 0; index < 5; index += 1)
    await engine.cli(['run', '--detach', '--name', `busy-${index}`, 'hello']);
  await page.getByRole('row', { name: /busy-4/ }).waitFor();
  const five = await measure();

  await app.hide();
  await settle();
  const before = door.requests.length;
  const calls: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const from = door.requests.length;
    await new Promise((resolve) => setTimeout(resolve, watchSeconds * 1000));
    calls.push(((door.requests.length - from) / watchSeconds) * 60);
  }
  const made = door.requests.slice(before).join('; ');
  return {
    'idle-cpu': figure('%', none, { note: 'of a core; the list is visible, no container runs' }),
    'idle-cpu-five': figure('%', five, { note: 'of a core; the list is visible, five containers run' }),
    'idle-memory': figure('MB', [memory], { note: 'PSS of all processes, the list is visible' }),
    'idle-calls': figure('calls/min', calls, {
      note: `engine calls while hidden, five containers run${made && `: ${made}`}`,
    }),
  };
}
