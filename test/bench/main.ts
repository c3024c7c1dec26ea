import { writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { eventToView } from './event-to-view';
import type { Figure } from './figure';
import { firstPaint } from './first-paint';
import { idle } from './idle';
import { list } from './list';
import { log } from './log';

/** Each entry measures the benchmarks that it names, together because they share what is slow to set up. */
const groups: { names: string[]; measure(): Promise<Record<string, Figure>> }[] = [
  { names: ['event-to-view'], measure: eventToView },
  { names: ['first-paint'], measure: firstPaint },
  { names: ['list-1000', 'filter-1000', 'scroll-1000'], measure: list },
  { names: ['log-newest', 'log-search', 'log-memory'], measure: log },
  { names: ['idle-calls', 'idle-memory', 'idle-cpu', 'idle-cpu-five'], measure: idle },
];

const known = groups.flatMap(({ names }) => names);

function readArguments(args: string[]): { names: string[]; file: string | null } {
  const at = args.indexOf('--json');
  const file = at < 0 ? null : (args[at + 1] ?? null);
  const names = at < 0 ? args : args.filter((_, index) => index !== at && index !== at + 1);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`No benchmark is called ${unknown.join(', ')}. There are: ${known.join(', ')}`);
  if (at >= 0 && file === null) throw new Error('--json needs the path of a file');
  return { names: names.length > 0 ? names : known, file };
}

/** `npm run bench -- [NAME…] [--json FILE]` */
export async function main(args: string[]): Promise<void> {
  const { names, file } = readArguments(args);
  console.log(`${cpus().length} cores, ${Math.round(totalmem() / 1e9)} GB, ${cpus()[0]?.model ?? ''}`);
  const found: Record<string, Figure> = {};
  for (const group of groups) {
    if (!group.names.some((name) => names.includes(name))) continue;
    for (const [name, figure] of Object.entries(await group.measure())) {
      found[name] = figure;
      const beside = Object.entries(figure.beside ?? {}).map(([what, { median }]) => `; ${what} ${median}`);
      console.log(
        `${name.padEnd(16)} ${figure.median} ${figure.unit} (p95 ${figure.p95}, ${figure.runs} runs${beside.join('')})${figure.note ? ` ${figure.note}` : ''}`,
      );
    }
  }
  if (file) await writeFile(file, `${JSON.stringify(found, null, 2)}\n`);
}
