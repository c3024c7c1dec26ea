import { readFile } from 'node:fs/promises';

/** Connected ends of a unix socket that its server holds, as Linux lists them: they bear the socket's path. */
export async function connectionsTo(socket: string): Promise<number> {
  const connected = '03';
  const lines = (await readFile('/proc/net/unix', 'utf8')).split('\n').map((line) => line.split(/\s+/));
  return lines.filter((fields) => fields[5] === connected && fields[7] === socket).length;
}
