import { readdir, readFile, readlink } from 'node:fs/promises';

/** A program that runs on this computer. */
export interface Program {
  name: string;
  pid: number;
}

/** A socket that waits for connections, in the kernel's table (include/net/tcp_states.h). */
const listens = '0A';

const ignored = () => undefined;

/** The kernel's numbers of the sockets that listen on this port. */
async function socketsAt(port: number): Promise<Set<string>> {
  const end = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(ignored)),
  );
  const rows = tables.flatMap((table) => table?.split('\n') ?? []).map((line) => line.trim().split(/\s+/));
  const found = rows.filter(([, local, , state]) => state === listens && local?.endsWith(end));
  return new Set(found.map((row) => `socket:[${row[9]}]`));
}

async function hasOne(pid: string, sockets: ReadonlySet<string>): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  // Of a program of another user, nobody else is told.
  const files = await readdir(folder).catch(() => []);
  const targets = await Promise.all(files.map((file) => readlink(`${folder}/${file}`).catch(ignored)));
  return targets.some((target) => target !== undefined && sockets.has(target));
}

/** Which program listens on this TCP port; null when that cannot be told, as on other systems than Linux. */
export async function programAt(port: number): Promise<Program | null> {
  if (process.platform !== 'linux') return null;
  const sockets = await socketsAt(port);
  if (sockets.size === 0) return null;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    if (!(await hasOne(pid, sockets))) continue;
    const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(ignored);
    if (name) return { name: name.trim(), pid: Number(pid) };
  }
  return null;
}
