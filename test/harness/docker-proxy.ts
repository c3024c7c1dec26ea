import { readdirSync, readFileSync } from 'node:fs';

/** Ends the program that carries a published port, as a crash of it does. Of this address there is one only. */
export function endProxyOf(port: string): void {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    let words: string[] = [];
    try {
      words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    } catch {
      // It has ended meanwhile.
    }
    if (words[0]?.endsWith('docker-proxy') && words[words.indexOf('-host-port') + 1] === port) {
      process.kill(Number(pid), 'SIGKILL');
      return;
    }
  }
  throw new Error(`No docker-proxy carries port ${port}`);
}
