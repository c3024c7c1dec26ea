import { openTrayPanel, whyNoPanel } from '../harness/tray-panel';
import { openCountingDoor } from './counting-door';
import { type Figure, figure } from './figure';
import { cpuShareOf, memoryOf } from './processes';
import { engineWithHello, openGantry } from './stage';

/** After the window was closed, V8 collects the garbage of it for some 30 s. */
const settleMs = 30_000;
const containers = 5;

/** How long the closed window is watched. */
function watchSeconds(): number {
  const given = Number(process.env.GANTRY_BENCH_SECONDS ?? 60);
  if (!Number.isInteger(given) || given < 1)
    throw new Error('GANTRY_BENCH_SECONDS must be a number of seconds');
  return given;
}

export const whyNoTray = whyNoPanel;

/** What Gantry costs while its window is closed and it only sits in the tray. */
export async function tray(): Promise<Record<string, Figure>> {
  const seconds = watchSeconds();
  await using engine = await engineWithHello();
  await using door = await openCountingDoor(engine.socket);
  await using panel = await openTrayPanel();
  await using app = await openGantry(door.host, { DBUS_SESSION_BUS_ADDRESS: panel.address });
  const { page } = app;
  for (let index = 0; index < containers; index += 1)
    await engine.cli(['run', '--detach', '--name', `busy-${index}`, 'hello']);
  await page.getByRole('link', { name: 'Containers', exact: true }).click();
  await page.getByRole('row', { name: /busy-4/ }).waitFor();
  while (panel.icons.length === 0) await new Promise((resolve) => setTimeout(resolve, 100));
  await app.main.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await new Promise((resolve) => setTimeout(resolve, settleMs));

  const before = door.requests.length;
  const share = await cpuShareOf(app.pid, seconds);
  const made = door.requests.slice(before);
  const note = `the window is closed, ${containers} containers run, watched for ${seconds} s`;
  return {
    'tray-cpu': {
      ...figure('%', [share], { note: `of a core; ${note}` }),
      median: round(share),
      p95: round(share),
    },
    'tray-calls': figure('calls/min', [(made.length / seconds) * 60], {
      note: `engine calls; ${note}${made.length > 0 ? `: ${made.join('; ')}` : ''}`,
    }),
    'tray-memory': figure('MB', [memoryOf(app.pid)], { note: `PSS of all processes; ${note}` }),
  };
}

/** The share must stay under 0.3 %: a tenth is too coarse. */
const round = (share: number) => Math.round(share * 1000) / 1000;
