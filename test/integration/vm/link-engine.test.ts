import { spawn } from 'node:child_process';
import { createCipheriv } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Door, openDoor } from '#vm/door';
import type { Link } from '#vm/link/link';
import { dockerCli, startEngine, type TestEngine } from '../../harness/engine';
import { fixtureImage, loadImage } from '../../harness/images';
import { describeWithEngine } from '../../harness/shared';
import { describeWithAgent, TestAgent } from './link-agent';

const MB = 1024 * 1024;

describeWithEngine('an engine behind the link', () => {
  describeWithAgent('as programs see it', () => {
    let engine: TestEngine;
    let agent: TestAgent;
    let link: Link;
    let door: Door;
    let cli: TestEngine['cli'];
    let address: { host: string; configFolder: string };
    let socketPath: string;
    beforeAll(async () => {
      engine = await startEngine();
      await loadImage(engine, await fixtureImage('hello'), 'hello:latest');
      await loadImage(engine, await fixtureImage('chatty'), 'chatty:latest');
      agent = await TestAgent.start(engine.socket);
      link = await agent.link();
      socketPath = join(agent.folder, 'docker.sock');
      door = await openDoor({
        path: socketPath,
        connect: async () => link.open({ service: 'engine' }),
        onTraffic: () => {},
      });
      address = { host: `unix://${socketPath}`, configFolder: engine.configFolder };
      cli = dockerCli(address);
    });
    afterAll(async () => {
      await door.close();
      link.close();
      await agent.stop();
      await engine.stop();
    });

    const get = (path: string): Promise<IncomingMessage> =>
      new Promise((resolve, reject) => {
        request({ socketPath, path, agent: false }, resolve).once('error', reject).end();
      });

    /** The docker CLI as a process, for what goes on. */
    const start = (args: string[]) =>
      spawn('docker', ['--host', address.host, '--config', address.configFolder, ...args]);

    it('answers', async () => {
      const answer = await get('/_ping');
      expect(answer.statusCode).toBe(200);
      expect(await text(answer)).toBe('OK');
    });

    it('says so when it is away', async () => {
      const lone = await TestAgent.start('/nonexistent');
      const loneLink = await lone.link();
      expect(await once(loneLink.open({ service: 'engine' }), 'error')).toMatchObject([
        { code: 'ECONNRESET' },
      ]);
      loneLink.close();
      await lone.stop();
    });

    it('loads an image of 100 MB and gives it back unchanged', async () => {
      const content = createCipheriv('aes-256-ctr', Buffer.alloc(32), Buffer.alloc(16)).update(
        Buffer.alloc(100 * MB),
      );
      const root = pack();
      root.entry({ name: 'noise' }, content);
      root.finalize();
      await cli(['import', '--change', 'CMD none', '-', 'big:latest'], { input: await buffer(root) });
      const saved = await buffer(await get('/images/big:latest/get'));
      await cli(['rmi', 'big:latest']);
      await cli(['load'], { input: saved });
      const id = await cli(['create', 'big:latest']);
      const copied = await buffer(await get(`/containers/${id}/archive?path=/noise`));
      // A tar archive: the file follows its header of 512 bytes.
      expect(copied.subarray(512, 512 + content.length).equals(content)).toBe(true);
      await cli(['rm', id]);
    });

    it('ends the input of a container and still gives its output', async () => {
      const script = 'cat | wc -c; sleep 0.3; echo after';
      const shown = await cli(['run', '--rm', '-i', 'hello', 'sh', '-c', script], {
        input: Buffer.alloc(5 * MB),
      });
      expect(shown).toBe(`${5 * MB}\nafter`);
    });

    it('runs programs in containers and attaches to them', async () => {
      const id = await cli([
        'run',
        '-d',
        '-i',
        'hello',
        'sh',
        '-c',
        'read word; echo "heard $word"; sleep 0.2',
      ]);
      expect(await cli(['exec', id, 'sh', '-c', 'echo inside; echo wrong >&2'])).toBe('inside');
      expect(await cli(['exec', '-i', id, 'cat'], { input: 'through' })).toBe('through');
      const attached = start(['attach', id]);
      // The docker CLI leaves when its input ends.
      attached.stdin.write('hello\n');
      expect(await text(attached.stdout)).toBe('heard hello\n');
      await cli(['rm', '-f', id]);
    });

    it('follows logs until the container ends, or the reader', async () => {
      const id = await cli(['run', '-d', 'chatty']);
      const following = start(['logs', '-f', id]);
      let shown = '';
      following.stdout.on('data', (bytes) => {
        shown += bytes;
      });
      following.stderr.resume();
      while (!shown.includes('line 103')) await once(following.stdout, 'data');
      const before = link.openStreams;
      following.kill();
      while (link.openStreams >= before) await new Promise((resolve) => setTimeout(resolve, 10));
      const second = start(['logs', '-f', '--tail', '1', id]);
      second.stdout.resume();
      second.stderr.resume();
      const ended = once(second, 'exit');
      await cli(['rm', '-f', id]);
      await ended;
    });

    it('tells events, which do not count as use', async () => {
      const calls = door.calls;
      const events = await get('/events');
      const lines = events.setEncoding('utf8')[Symbol.asyncIterator]();
      expect(door.calls).toBe(calls);
      const id = await cli(['create', 'hello']);
      expect(String((await lines.next()).value)).toContain(id);
      events.destroy();
      await cli(['rm', id]);
    });

    it('answers 200 calls at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 200 }, async () => text(await get('/containers/json?all=1'))),
      );
      for (const answer of answers) expect(Array.isArray(JSON.parse(answer))).toBe(true);
      expect(answers).toHaveLength(200);
    });

    it('goes on over another session when the first one is replaced in the middle of streams', async () => {
      const id = await cli(['run', '-d', 'chatty']);
      const logs = start(['logs', '-f', id]);
      logs.stdout.resume();
      logs.stderr.resume();
      const following = await get(`/containers/${id}/logs?follow=1&stdout=1`);
      await once(following, 'data');
      const broken = Promise.all([once(following, 'error'), once(logs, 'exit')]);
      link.close();
      await broken;
      link = await agent.link();
      expect(await cli(['ps', '-q', '--no-trunc'])).toBe(id);
      await cli(['rm', '-f', id]);
      // Nothing of the old session is left behind at either end.
      while (link.openStreams > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    });
  });
});
