import { readdirSync, readFileSync } from 'node:fs';

interface Stat {
  pid: number;
  parent: number;
  /** Clock ticks in user and kernel mode, with those of ended children. */
  ticks: number;
}

/** Linux counts CPU time in ticks of 10 ms: `getconf CLK_TCK` is 100 on every architecture that Gantry runs on. */
const ticksPerSecond = 100;

function readStat(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in parentheses and may hold spaces and parentheses itself.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const number = (index: number) => Number(fields[index]);
    return { pid, parent: number(1), ticks: number(11) + number(12) };
  } catch {
    return null; // It ended in between.
  }
}

/** The process that started this one. @throws Error when it has ended */
export function parentOf(pid: number): number {
  const stat = readStat(pid);
  if (!stat) throw new Error(`There is no process ${pid}`);
  return stat.parent;
}

/** A process and all its descendants. */
function tree(root: number): Stat[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readStat(Number(name)))
    .filter((stat) => stat !== null);
  const inside = new Set([root]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const { pid, parent } of all) {
      if (inside.has(pid) || !inside.has(parent)) continue;
      inside.add(pid);
      grown = true;
    }
  }
  return all.filter(({ pid }) => inside.has(pid));
}

/** Proportional set size of a process and its descendants in MB: shared pages count once, shared out. */
export function memoryOf(root: number): number {
  let kilobytes = 0;
  for (const { pid } of tree(root)) {
    try {
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
      kilobytes += Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0);
    } catch {
      // It ended in between.
    }
  }
  return (kilobytes * 1024) / 1e6;
}

/** CPU seconds that a process and its descendants have used so far. */
export const cpuSecondsOf = (root: number): number =>
  tree(root).reduce((sum, { ticks }) => sum + ticks, 0) / ticksPerSecond;

/** Share of one core in % that a process tree uses during the next `seconds`. */
export async function cpuShareOf(root: number, seconds: number): Promise<number> {
  const before = cpuSecondsOf(root);
  const began = performance.now();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  return ((cpuSecondsOf(root) - before) / ((performance.now() - began) / 1000)) * 100;
}
