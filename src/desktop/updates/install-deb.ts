import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { quoteWord } from '#contract/shell-words';
import { forgedFile, nobodyAsks, notAllowed, notInstalled } from './problems';

interface Deb {
  file: string;
  version: string;
  /** Bytes. */
  size: number;
  /** In base64. */
  sha512: string;
}

/** How the script ends when the file is not the signed one. */
const exchanged = 65;

/**
 * What root does with a file, its SHA-512 in hex and its length. The file lies in a folder of the user's, where any
 * program of the user's could exchange it while the password is typed: only a copy of root's own can be believed, of no
 * more bytes than it should have. apt-get, unlike dpkg, looks for what the package needs before it changes anything; it
 * waits for another package manager, and removes nothing to make room.
 */
const script = `
set -eu
umask 077
copy=$(mktemp -d /var/tmp/gantry-update.XXXXXX) || exit 1
trap 'rm -rf "$copy"' EXIT
head -c "$3" "$1" >"$copy/gantry.deb"
printf '%s  %s\\n' "$2" "$copy/gantry.deb" | sha512sum --check --status || exit ${exchanged}
# apt reads packages as a user of its own.
chmod 755 "$copy"
chmod 644 "$copy/gantry.deb"
export DEBIAN_FRONTEND=noninteractive
apt-get --yes --no-remove --no-install-recommends -o DPkg::Lock::Timeout=120 install "$copy/gantry.deb" || exit 1
`;

const byHand = (file: string) => `sudo apt install ${quoteWord(file)}`;

/**
 * Has root install a package of Debian's kind, after the user's consent. electron-updater would hold the whole program
 * up meanwhile, ask a second time after a refusal, and let the file be exchanged while it asks (DebUpdater.js in 6.8).
 * @param log a file that takes what the package manager says; it goes on there when Gantry ends
 * @param signal takes the question back; what root has begun goes on
 */
export async function installDeb(
  { file, version, size, sha512 }: Deb,
  log: string,
  signal: AbortSignal,
): Promise<void> {
  const hash = Buffer.from(sha512, 'base64').toString('hex');
  // The agent in a terminal would wait for somebody who does not see it.
  const args = ['--disable-internal-agent', '/bin/sh', '-c', script, 'sh', file, hash, String(size)];
  await using words = await open(log, 'w', 0o600);
  const child = spawn('pkexec', args, {
    stdio: ['ignore', words.fd, words.fd],
    // Away from the terminal that Gantry may be started in, whose Ctrl C would reach the package manager.
    detached: true,
    signal,
  });
  const [code] = await once(child, 'exit').catch((error: unknown) => {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw isMissing ? nobodyAsks(version, byHand(file), 'pkexec is not installed') : error;
  });
  if (code === 0) return;
  if (code === exchanged) throw forgedFile(version);
  // https://polkit.pages.freedesktop.org/polkit/pkexec.1.html: dismissed; refused, or nobody to ask.
  if (code === 126) throw notAllowed(version);
  const said = (await readFile(log, 'utf8')).trim().slice(-4000);
  throw code === 127 ? nobodyAsks(version, byHand(file), said) : notInstalled(version, said);
}
