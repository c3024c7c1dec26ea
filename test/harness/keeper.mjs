// Cleans up after a test's real engine or registry, whatever became of the test.
//
// `node keeper.mjs FOLDER [SUBNET]` waits until its standard input is closed. The test that started it holds the
// other end of that pipe, so this happens when the test asks for it and also when the test process is killed.
// It then ends every process that was started from FOLDER (its path is in the command line) with all their
// descendants (the processes inside containers), undoes the mounts below FOLDER, removes the network interfaces
// whose address lies in SUBNET (a /20, such as 10.200.16.0), and deletes FOLDER.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename } from 'node:path';

const [folder, subnet] = process.argv.slice(2);
if (!folder?.startsWith(tmpdir()) || !basename(folder).startsWith('gantry-test-')) {
  throw new Error(`Not a test folder: ${folder}`);
}

/** The text of a file below /proc, or '' when its process has ended meanwhile. */
function readProc(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function processes() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({
      pid: Number(name),
      // Field 4 of stat, after the command name in parentheses, which may itself hold spaces and parentheses.
      parent: Number(readProc(`/proc/${name}/stat`).split(') ').pop()?.split(' ')[1]),
      command: readProc(`/proc/${name}/cmdline`),
    }));
}

function ownProcesses() {
  const all = processes();
  const own = new Set(
    all.filter((p) => p.command.includes(`${folder}/`) && p.pid !== process.pid).map((p) => p.pid),
  );
  for (let grown = true; grown; ) {
    grown = false;
    for (const p of all) {
      if (own.has(p.parent) && !own.has(p.pid) && p.pid !== process.pid) {
        own.add(p.pid);
        grown = true;
      }
    }
  }
  return [...own];
}

/** Ends the folder's processes. A second look catches what was being started during the first. */
async function endProcesses() {
  const deadline = Date.now() + 20_000;
  for (let pids = ownProcesses(); pids.length > 0 && Date.now() < deadline; pids = ownProcesses()) {
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended by itself between the look and the signal.
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function undoMounts() {
  const mounted = readProc('/proc/self/mountinfo')
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '')
    .filter((path) => path.startsWith(`${folder}/`));
  for (const path of mounted.reverse()) attempt('umount', ['-l', path]);
}

function membersOf(bridge) {
  const folder = `/sys/class/net/${bridge}/brif`;
  return existsSync(folder) ? readdirSync(folder) : [];
}

function removeInterfaces() {
  if (!subnet) return;
  const [a, b, c] = subnet.split('.').map(Number);
  for (const line of execFileSync('ip', ['-4', '-o', 'addr', 'show'], { encoding: 'utf8' }).split('\n')) {
    const found = /^\d+:\s+(\S+)\s+inet (\d+)\.(\d+)\.(\d+)\./.exec(line);
    if (!found) continue;
    const [, name, x, y, z] = found;
    if (Number(x) === a && Number(y) === b && Number(z) >= c && Number(z) < c + 16) {
      // Usually gone with their containers; one that was being made would outlive its bridge.
      for (const member of membersOf(name)) attempt('ip', ['link', 'delete', member]);
      attempt('ip', ['link', 'delete', name]);
    }
  }
}

/** Cleaning goes on when one step of it fails: what is left over is then said on standard error. */
function attempt(command, args) {
  try {
    execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  } catch (error) {
    console.error(`keeper: ${error.message}`);
  }
}

process.on('SIGINT', () => undefined);
process.stdin.resume();
process.stdin.once('end', async () => {
  await endProcesses();
  undoMounts();
  removeInterfaces();
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});
