import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { quoteWord } from '#contract/shell-words';
import { forgedFile, nobodyAsks, notAllowed, notInstalled } from './problems';

interface SystemPackage {
  kind: 'deb' | 'rpm';
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
 * more bytes than it should have. The package managers look for what the package needs before they change anything, and
 * remove nothing to make room; rpm alone does so, too, but gets nothing that is missing. That an rpm has no signature of
 * its own does not matter here: the checksum is of the signed list.
 */
const script = `
set -eu
umask 077
copy=$(mktemp -d /var/tmp/gantry-update.XXXXXX) || exit 1
trap 'rm -rf "$copy"' EXIT
package="$copy/gantry.$4"
head -c "$3" "$1" >"$package"
printf '%s  %s\\n' "$2" "$package" | sha512sum --check --status || exit ${exchanged}
# apt reads packages as a user of its own.
chmod 755 "$copy"
chmod 644 "$package"
has() { command -v "$1" >/dev/null; }
if [ "$4" = deb ]; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get --yes --no-remove --no-install-recommends -o DPkg::Lock::Timeout=120 install "$package" || exit 1
elif has zypper; then
  # With nobody to ask it gives up where another package would have to go.
  zypper --non-interactive --no-refresh install --no-recommends --allow-unsigned-rpm "$package" || exit 1
elif has dnf; then
  dnf --assumeyes --nogpgcheck --setopt=install_weak_deps=False install "$package" || exit 1
else
  rpm --upgrade "$package" || exit 1
fi
`;

/** A command line that does the same. */
const byHand = ({ kind, file }: SystemPackage) =>
  `sudo ${kind === 'deb' ? 'apt install' : 'rpm --upgrade'} ${quoteWord(file)}`;

/**
 * Has root install a package of the system's kind, after the user's consent. electron-updater would hold the whole
 * program up meanwhile, ask a second time after a refusal, and let the file be exchanged while it asks (DebUpdater.js and
 * RpmUpdater.js in 6.8).
 * @param log a file that takes what the package manager says; it goes on there when Gantry ends
 * @param signal takes the question back; what root has begun goes on
 */
export async function installPackage(wanted: SystemPackage, log: string, signal: AbortSignal): Promise<void> {
  const { kind, file, version, size, sha512 } = wanted;
  const hash = Buffer.from(sha512, 'base64').toString('hex');
  // The agent in a terminal would wait for somebody who does not see it.
  const args = ['--disable-internal-agent', '/bin/sh', '-c', script, 'sh', file, hash, String(size), kind];
  await using words = await open(log, 'w', 0o600);
  const child = spawn('pkexec', args, {
    stdio: ['ignore', words.fd, words.fd],
    // Away from the terminal that Gantry may be started in, whose Ctrl C would reach the package manager.
    detached: true,
    signal,
  });
  const [code] = await once(child, 'exit').catch((error: unknown) => {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw isMissing ? nobodyAsks(version, byHand(wanted), 'pkexec is not installed') : error;
  });
  if (code === 0) return;
  if (code === exchanged) throw forgedFile(version);
  // https://polkit.pages.freedesktop.org/polkit/pkexec.1.html: dismissed; refused, or nobody to ask.
  if (code === 126) throw notAllowed(version);
  const said = (await readFile(log, 'utf8')).trim().slice(-4000);
  throw code === 127 ? nobodyAsks(version, byHand(wanted), said) : notInstalled(version, said);
}
