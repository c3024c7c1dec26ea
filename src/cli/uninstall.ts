import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { dataFolder } from '#backend/folders';
import { type Outside, readOutside, removeOutside } from '#backend/outside';
import { deleteOwnData, type OwnPath, ownData, windowProcess } from '#backend/own-data';
import { ownCommand } from '#backend/tools/own-command';
import type { Client, VmContents, VmState, VmStatus } from '#contract';
import { confirmed, howToAgree } from './confirm';
import { vmState } from './status';
import { mb } from './vm';
import { withGantry } from './with-gantry';

/** One thing that goes: `path` is where it is, null for the machine that is stopped. */
interface Goes {
  kind: 'vm' | 'link' | 'context' | 'autostart' | 'data';
  path: string | null;
  bytes: number | null;
  words: string;
}

interface Plan {
  outside: Outside;
  goes: Goes[];
  stays: OwnPath[];
}

const atRest: VmStatus[] = ['absent', 'stopped', 'failed'];
const isUp = (vm: VmState | null) => vm !== null && !atRest.includes(vm.status);

const contextWords = ({ isCurrent }: { isCurrent: boolean }) =>
  isCurrent
    ? 'the docker context gantry; the docker command goes back to its own context, default'
    : 'the docker context gantry';

const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;

/** What the engine holds can be asked of one that runs; starting it just for that would take long. */
function contentWords(contents: VmContents | null): string {
  if (!contents) return 'with every container, image and volume of Gantry’s engine';
  const volumes = contents.volumes.map(({ name, bytes }) =>
    bytes === null ? name : `${name} (${mb(bytes)})`,
  );
  const counts = `${count(contents.containers, 'container')}, ${count(contents.images, 'image')}`;
  const named = volumes.length > 0 ? `: ${volumes.join(', ')}` : '';
  return `with ${counts} and ${count(volumes.length, 'volume')}${named}`;
}

async function planFor(client: Client, folder: string, data: boolean): Promise<Plan> {
  const [{ tools }, outside, vm, kept] = await Promise.all([
    client.tools.status(),
    readOutside(folder),
    vmState(client),
    ownData(folder),
  ]);
  const goes: Goes[] = [];
  const add = (kind: Goes['kind'], path: string | null, words: string, bytes: number | null = null) =>
    goes.push({ kind, path, bytes, words });
  if (isUp(vm)) add('vm', null, 'the virtual machine is stopped, with its containers');
  for (const { state, link } of tools) if (state === 'linked') add('link', link, `the link ${link}`);
  const { context, autostart } = outside;
  if (context) add('context', context.folder, contextWords(context));
  if (autostart !== null) add('autostart', autostart, `the start at login, ${autostart}`);
  if (!data) return { outside, goes, stays: kept };
  const contents = vm?.status === 'running' ? await client.vm.contents() : null;
  for (const [index, { path, bytes }] of kept.entries()) {
    const what = index === 0 ? `, ${contentWords(contents)}, and the settings` : ', the engine’s disk';
    add('data', path, `${path} (${mb(bytes)})${what}`, bytes);
  }
  return { outside, goes, stays: [] };
}

function tellPlan({ goes, stays }: Plan): void {
  if (goes.length === 0) console.error('Gantry has put nothing outside its folder.');
  else console.error(['This goes:', ...goes.map(({ words }) => `  ${words}`)].join('\n'));
  for (const { path, bytes } of stays)
    console.error(`This stays: ${path} (${mb(bytes)}). \`gantry uninstall --data\` deletes it, too.`);
  if (goes.some(({ kind }) => kind === 'data')) console.error('There is no way back for data.');
}

/** The package manager takes the program itself away. */
async function programWords(): Promise<string> {
  const command = ownCommand();
  const packaged =
    command && (await readFile(join(dirname(command), '../package-type'), 'utf8').catch(() => ''));
  return packaged?.trim() === 'deb'
    ? 'Now remove the program: sudo apt remove gantry'
    : 'Now the program itself can be deleted.';
}

async function carryOut(client: Client, folder: string, { outside }: Plan): Promise<void> {
  // Asked again: somebody may have started it while the question stood there.
  if (isUp(await vmState(client))) await client.vm.stop();
  await client.tools.remove();
  await removeOutside(folder, outside);
}

interface Options {
  data: boolean;
  yes: boolean;
  json: boolean;
}

/** Shows what would go, and takes it away when the user agrees; null when Gantry is open. */
async function leave(
  client: Client,
  folder: string,
  options: Options,
): Promise<(Plan & { done: boolean }) | null> {
  const open = await windowProcess(folder);
  if (open !== null) {
    console.error(`Gantry is open (process ${open}). Quit it first: its tray menu and its window have Quit.`);
    return null;
  }
  const plan = await planFor(client, folder, options.data);
  tellPlan(plan);
  const agreed = plan.goes.length === 0 || options.yes || (await confirmed('Take all of it away?', 'remove'));
  if (agreed) await carryOut(client, folder, plan);
  else console.error(`Nothing was taken away.${howToAgree()}`);
  return { ...plan, done: agreed };
}

/** Takes away what Gantry has put outside its folder, and its data only when that is said. */
export async function runUninstall(options: Options): Promise<void> {
  const folder = dataFolder();
  const left: Awaited<ReturnType<typeof leave>>[] = [];
  await withGantry(async (client) => {
    left.push(await leave(client, folder, options));
  });
  const [plan] = left;
  if (!plan?.done) process.exitCode = 1;
  // The backend that was asked has written to the folder until now.
  else if (options.data) await deleteOwnData(folder);
  if (options.json && plan) {
    const goes = plan.goes.map(({ kind, path, bytes }) => ({ kind, path, bytes }));
    console.log(JSON.stringify({ done: plan.done, goes, stays: plan.stays }));
  } else if (plan?.done) console.log(await programWords());
}
