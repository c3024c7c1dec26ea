/** Processes of this computer and what they listen on, from Linux's /proc and ss (iproute2). */
import { readdir, readFile } from 'node:fs/promises';
import { run } from '../../harness/run';

export interface Process {
  pid: number;
  /** Real, effective, saved and file system's user ids. */
  uids: number[];
  /** The same of groups, and the supplementary ones. */
  gids: number[];
  commandLine: string[];
  environment: string[];
}

/** All processes in whose command line the text is. One that ends meanwhile is left out. */
export async function processesWith(text: string): Promise<Process[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const all = await Promise.all(pids.map((pid) => processOf(pid).catch(() => null)));
  return all
    .filter((one) => one !== null)
    .filter(({ commandLine }) => commandLine.some((word) => word.includes(text)));
}

async function processOf(pid: number): Promise<Process> {
  const [status, commandLine, environment] = await Promise.all(
    ['status', 'cmdline', 'environ'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8')),
  );
  const numbers = (key: string) =>
    (new RegExp(`^${key}:(.*)$`, 'm').exec(status ?? '')?.[1] ?? '')
      .trim()
      .split(/\s+/)
      .filter(Boolean)
      .map(Number);
  return {
    pid,
    uids: numbers('Uid'),
    gids: [...numbers('Gid'), ...numbers('Groups')],
    commandLine: (commandLine ?? '').split('\0'),
    environment: (environment ?? '').split('\0'),
  };
}

/** Addresses with ports, such as `127.0.0.1:80` and `[::1]:80`, on which one of the processes listens. */
export async function listening(pids: number[]): Promise<string[]> {
  const lines = (await run('ss', ['-Hltnp'])).toString().split('\n');
  return lines
    .filter((line) => pids.some((pid) => line.includes(`pid=${pid},`)))
    .map((line) => line.trim().split(/\s+/)[3] ?? '')
    .sort();
}

/** Ports on which anything of this computer listens. */
export async function allPorts(): Promise<number[]> {
  const lines = (await run('ss', ['-Hltn'])).toString().split('\n');
  const ports = lines.map((line) =>
    Number(/:(\d+)\s/.exec(line.trim().split(/\s+/)[3]?.concat(' ') ?? '')?.[1]),
  );
  return [...new Set(ports.filter((port) => port > 0))];
}
