import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Figure, figure, rates, spread } from '../figure';
import { type BenchVm, dropCaches, openVm, timed, timeIn } from './machine';

const runs = 5;
const megabytes = 128 * 1.048576;
const [folders, filesInEach] = [100, 100];

const scripts = {
  write: 'dd if=/dev/zero of=/w/big bs=1M count=128 conv=fsync 2>/dev/null',
  read: 'dd if=/w/big of=/dev/null bs=1M 2>/dev/null',
  // A test of the size makes find ask for each file.
  find: '[ $(find /w/tree -type f -size +0 | wc -l) = 10000 ]',
  small: 'cat $(find /w/tree/?? -type f | head -n 2000) >/dev/null',
};
type Script = keyof typeof scripts;
const names: Script[] = ['write', 'read', 'find', 'small'];

const makeTree =
  'i=10; while [ $i -lt 110 ]; do mkdir -p /w/tree/$i; j=0; while [ $j -lt 100 ]; do ' +
  'echo "file $j of folder $i" >/w/tree/$i/$j; j=$((j+1)); done; i=$((i+1)); done';

/** Work on a shared folder of this computer, bind-mounted into a container, beside a volume on the data disk. */
export async function share(): Promise<Record<string, Figure>> {
  await using bench = await openVm({ share: true });
  await writeTree(join(bench.shared, 'tree'));
  const inFolder = await measure(bench, bench.shared, null);
  const onDisk = await measure(bench, 'bench', makeTree);
  return figures(inFolder, onDisk);
}

async function writeTree(folder: string): Promise<void> {
  for (let index = 10; index < folders + 10; index += 1) {
    await mkdir(join(folder, `${index}`), { recursive: true });
    for (let file = 0; file < filesInEach; file += 1)
      await writeFile(join(folder, `${index}`, `${file}`), `file ${file} of folder ${index}\n`);
  }
}

/** @param source what is mounted at `/w`: a folder's path or a volume's name @returns ms of each run */
async function measure(
  bench: BenchVm,
  source: string,
  prepare: string | null,
): Promise<Record<Script, number[]>> {
  const { cli } = bench;
  const name = 'bench-share';
  const found: Record<Script, number[]> = { write: [], read: [], find: [], small: [] };
  await cli([
    'run',
    '--detach',
    '--rm',
    '--init',
    '--name',
    name,
    '--volume',
    `${source}:/w`,
    'hello',
    'sleep',
    '3600',
  ]);
  try {
    if (prepare) await cli(['exec', name, 'sh', '-c', prepare]);
    for (let run = 0; run < runs; run += 1) {
      for (const script of names) {
        await dropCaches(bench);
        found[script].push(timeIn(await cli(['exec', name, 'sh', '-c', timed(scripts[script])])));
      }
    }
    return found;
  } finally {
    await cli(['rm', '--force', name]);
  }
}

function figures(
  inFolder: Record<Script, number[]>,
  onDisk: Record<Script, number[]>,
): Record<string, Figure> {
  const besideRate = (script: Script) => ({ 'data disk': rates(megabytes, onDisk[script]) });
  const besideTime = (script: Script) => ({ 'data disk': spread(onDisk[script]) });
  return {
    'share-write': rates(megabytes, inFolder.write, {
      beside: besideRate('write'),
      note: '128 MiB into a new file, with fsync',
    }),
    'share-read': rates(megabytes, inFolder.read, {
      beside: besideRate('read'),
      note: '128 MiB; the guest has none of it in memory, this computer may',
    }),
    'share-find': figure('ms', inFolder.find, {
      beside: besideTime('find'),
      note: 'find and stat 10,000 files, nothing in memory',
    }),
    'share-small': figure('ms', inFolder.small, {
      beside: besideTime('small'),
      note: 'read 2,000 small files, nothing in memory',
    }),
  };
}
