import assert from 'node:assert/strict';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { type MachineFault, seconds } from './fault';
import type { FaultHome } from './fault-home';
import { BOX, type Steady } from './steady';
import { settles, until } from './until';

const hangMs = 120_000;
const backMs = 120_000;

const systemTime = z.object({ SystemTime: z.string() });

/** How far the guest's clock is from this computer's at least, in milliseconds: half the call's time is a doubt. */
async function clockError(home: FaultHome): Promise<number> {
  const errors: number[] = [];
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const began = Date.now();
    const answer = await new Promise<string>((resolve, reject) => {
      request({ socketPath: home.places.dockerSocket, path: '/info' }, (response) => resolve(text(response)))
        .once('error', reject)
        .end();
    });
    const ended = Date.now();
    const guest = Date.parse(systemTime.parse(JSON.parse(answer)).SystemTime);
    errors.push(Math.max(0, began - guest, guest - ended));
  }
  return Math.min(...errors);
}

/** `killall` would end docker-proxy, too, which is the same file under another name. */
const killAgent = 'cd /proc; for p in [0-9]*; do [ "$(cat $p/comm)" != gantry-agent ] || kill -9 $p; done';

/** A call whose answer has begun and ends only with its container. */
async function callThatWaits(home: FaultHome): Promise<{ ended: Promise<string> }> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(
      { socketPath: home.places.dockerSocket, method: 'POST', path: '/containers/steady/wait' },
      resolve,
    )
      .once('error', reject)
      .end();
  });
  return { ended: text(answer) };
}

/** What goes wrong inside the guest while it goes on. */
export function insideFaults(steady: () => Steady): MachineFault[] {
  return [
    {
      name: 'the agent is killed in the middle of a call',
      check: async (home) => {
        const same = await steady().remember();
        const call = await callThatWaits(home);
        const hanging = settles('a call through the link that was cut', hangMs, call.ended);
        const began = performance.now();
        await settles('a program in the guest', hangMs, home.inGuest('sh', '-c', killAgent));
        assert.ok((await hanging) instanceof Error, 'The call succeeded');
        const cut = performance.now() - began;
        await until('docker ps works', backMs, () => home.docker(['ps', '-q']));
        const took = performance.now() - began;
        assert.equal(home.state.status, 'running');
        await same();
        return `the call failed after ${seconds(cut)}, docker ps works after ${seconds(took)}`;
      },
    },
    {
      name: 'dockerd is killed',
      check: async (home) => {
        await home.docker(['rm', '-f', 'again']).catch(() => undefined);
        await home.docker(['run', '-d', '--name', 'again', '--restart', 'always', BOX]);
        await home.docker(['run', '--rm', '-v', 'kept:/v', BOX, 'sh', '-c', 'echo kept >/v/file']);
        const began = performance.now();
        await home.inGuest('sh', '-c', 'kill -9 $(cat /run/docker.pid)');
        await until('docker ps works', backMs, () => home.docker(['ps', '-q']));
        const took = performance.now() - began;
        const status = async (name: string) => home.docker(['inspect', '-f', '{{.State.Status}}', name]);
        await until('what is always to run runs', backMs, async () => (await status('again')) === 'running');
        // Without live-restore the engine ends what ran when it comes back.
        assert.equal(await status('steady'), 'exited');
        assert.equal(await home.docker(['run', '--rm', '-v', 'kept:/v', BOX, 'cat', '/v/file']), 'kept');
        assert.equal(home.state.status, 'running');
        await home.docker(['rm', '-f', 'again']);
        await steady().again();
        await steady().reachable();
        return `docker ps works after ${seconds(took)}`;
      },
    },
    {
      name: 'the data disk is full inside',
      check: async (home) => {
        const same = await steady().remember();
        // What no file can be given any more is kept back by ext4 for itself; the second program takes the rest.
        const fill =
          'set -- $(stat -f -c "%f %S" /data); fallocate -l $(($1 * $2 - 64 * 1048576)) /data/fill; ' +
          'tr "\\0" x </dev/zero | dd of=/data/rest bs=1M 2>/dev/null; sync; true';
        await home.inGuest('sh', '-c', fill);
        const write = home.docker(['run', '--rm', BOX, 'sh', '-c', 'yes | head -c 64000000 >/big']);
        const said = await write.then(
          () => '',
          (error: Error) => error.message,
        );
        assert.match(said, /no space left on device/i);
        await home.docker(['ps', '-q']);
        await home.inGuest('rm', '/data/fill', '/data/rest');
        await home.docker(['run', '--rm', BOX, 'sh', '-c', 'yes | head -c 16000000 >/big']);
        await same();
        return said.slice(-80).trim();
      },
    },
    {
      name: "the guest's clock is an hour ahead when it is suspended",
      check: async (home) => {
        const same = await steady().remember();
        await home.inGuest('sh', '-c', 'date -s @$(($(date +%s) + 3600))');
        assert.ok((await clockError(home)) > 3_000_000);
        await home.vm.suspend();
        await home.vm.start();
        const error = await clockError(home);
        assert.ok(error < 100, `${error} ms`);
        await same();
        return `wrong by at least ${error} ms after the resume`;
      },
    },
  ];
}
