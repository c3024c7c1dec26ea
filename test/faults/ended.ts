import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fixtureImage, loadImage } from '../harness/images';
import { type MachineFault, seconds } from './fault';
import { bootMs, type FaultHome } from './fault-home';
import { BOX, type Steady } from './steady';
import { settles, until } from './until';

const noticeMs = 60_000;
const hangMs = 240_000;
const LOADED = 'gantry-fault/loaded:latest';

/** Runs a container that appends numbered lines to a file of a volume, and says a number when its line is on the disk. */
async function startWriter(home: FaultHome): Promise<{ last(): number; end(): Promise<void> }> {
  await home.docker(['rm', '-f', 'writer']).catch(() => undefined);
  const script =
    'i=$(wc -l </v/log 2>/dev/null || echo 0); while :; do i=$((i+1)); echo $i >>/v/log && sync /v/log && echo $i; done';
  const child = spawn('docker', ['run', '--name', 'writer', '-v', 'written:/v', BOX, 'sh', '-c', script], {
    env: { PATH: process.env.PATH, DOCKER_HOST: home.vm.host, DOCKER_CONFIG: home.folder },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let last = 0;
  createInterface({ input: child.stdout }).on('line', (line) => {
    last = Number(line);
  });
  await until('lines are written', bootMs, () => last > 0);
  return {
    last: () => last,
    end: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
    },
  };
}

/** All lines are there, in their order, up to the last one that was said to be. */
async function checkWritten(home: FaultHome, acknowledged: number): Promise<number> {
  const said = await home.docker(['run', '--rm', '-v', 'written:/v', BOX, 'cat', '/v/log']);
  const lines = said.split('\n').map(Number);
  assert.ok(lines.length >= acknowledged, `${lines.length} lines of ${acknowledged} are there`);
  for (const [index, line] of lines.slice(0, acknowledged).entries()) assert.equal(line, index + 1);
  return lines.length;
}

/** QEMU is killed while a container writes and an image is being loaded. Nothing that was written is lost. */
async function killWhileWriting(home: FaultHome, delayMs: number): Promise<string> {
  // After a few crashes in a row Gantry leaves it to the user to start the machine.
  if (home.state.crashes.count > 2) await home.vm.restart();
  const crashes = home.state.crashes.count;
  await home.docker(['image', 'rm', '-f', LOADED]).catch(() => undefined);
  const writer = await startWriter(home);
  const loading = settles(
    'the load',
    hangMs,
    loadImage({ cli: home.docker }, await fixtureImage('bigpull'), LOADED),
  );
  await pause(delayMs);
  const acknowledged = writer.last();
  home.killQemu();
  const noticed = await home.becomes('the crash is noticed', noticeMs, ({ status }) => status !== 'running');
  assert.match(home.state.crashes.last ?? '', /SIGKILL|QEMU ended/);
  const loaded = (await loading) === null;
  await writer.end();
  const took = await home.runs();
  assert.equal(home.state.crashes.count, crashes + 1);
  const written = await checkWritten(home, acknowledged);
  const there = await home.docker(['image', 'inspect', '-f', '{{.Id}}', LOADED]).then(
    () => true,
    () => false,
  );
  assert.ok(there || !loaded, 'An image that was loaded is not there');
  await loadImage({ cli: home.docker }, await fixtureImage('bigpull'), LOADED);
  const sizes = await home.docker(['run', '--rm', LOADED, 'sh', '-c', 'cat /noise/* | wc -c']);
  assert.equal(Number(sizes), 24 * 1024 ** 2);
  await home.docker(['run', '--rm', BOX, 'true']);
  return `after ${acknowledged} lines: noticed in ${seconds(noticed)}, runs ${seconds(took)} later, ${written} lines are there, the image ${loaded ? 'had been loaded' : 'had not'} and ${there ? 'is there' : 'is not there'}`;
}

/** @param times how often QEMU is killed while it works */
export function endings(steady: () => Steady, times: number): MachineFault[] {
  const kills = Array.from({ length: times }, (_, index): MachineFault => {
    // From the beginning of a load to its end, which takes some seconds here.
    const delayMs = 300 + Math.round((index * 3000) / Math.max(1, times - 1));
    return {
      name: `QEMU is killed while a container writes and an image is loaded, ${delayMs} ms after its beginning (${index + 1} of ${times})`,
      check: (home) => killWhileWriting(home, delayMs),
    };
  });
  return [
    ...kills,
    {
      name: "the guest's kernel panics",
      check: async (home) => {
        const order = home.inGuest('sh', '-c', 'echo c >/proc/sysrq-trigger');
        const crash = settles('the program in the guest', hangMs, order);
        const noticed = await home.becomes(
          'the panic is noticed',
          noticeMs,
          ({ status }) => status !== 'running',
        );
        assert.ok((await crash) instanceof Error);
        assert.match(home.state.crashes.last ?? '', /kernel gave up: .*sysrq triggered crash/);
        const took = await home.runs();
        await steady().again();
        return `noticed in ${seconds(noticed)}: ${home.state.crashes.last}; runs ${seconds(took)} later`;
      },
    },
    {
      name: 'the machine ends again and again',
      long: true,
      check: async (home) => {
        await home.vm.restart();
        for (let count = 1; count <= 6; count += 1) {
          const pid = await until('QEMU runs', bootMs, () => home.qemu());
          process.kill(pid, 'SIGKILL');
          await home.becomes('the crash is counted', 30_000, ({ crashes }) => crashes.count === count);
          await until(
            'QEMU has ended',
            noticeMs,
            () => home.qemu() !== pid || home.state.status === 'failed',
          );
        }
        assert.equal(home.state.status, 'failed');
        assert.equal(home.state.problem?.code, 'vm-crashes');
        const said = home.state.problem.explanation;
        await home.vm.start();
        assert.deepEqual(home.state.crashes, { count: 0, last: null });
        await steady().again();
        return said;
      },
    },
    {
      name: 'it is switched off from inside',
      check: async (home) => {
        const { count } = home.state.crashes;
        const off = home.inGuest('kill', '-TERM', '1').catch(() => undefined);
        const took = await home.becomes('it is stopped', hangMs, ({ status }) => status === 'stopped');
        await off;
        assert.equal(home.state.crashes.count, count);
        assert.equal(home.qemu(), null);
        return `${home.state.reason} after ${seconds(took)}`;
      },
    },
  ];
}
