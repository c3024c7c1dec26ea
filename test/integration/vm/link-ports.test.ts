import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Link } from '#vm/link/link';
import { Ports } from '#vm/ports/ports';
import { startEngine, type TestEngine } from '../../harness/engine';
import { freePort } from '../../harness/free-port';
import { fixtureImage, loadImage } from '../../harness/images';
import { describeWithEngine } from '../../harness/shared';
import { describeWithAgent, TestAgent } from './link-agent';

const hasSix = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
);

describeWithEngine('ports that containers publish', () => {
  describeWithAgent('through the agent in the place of docker-proxy', () => {
    let agent: TestAgent;
    let engine: TestEngine;
    let ports: Ports;
    let link: Link;
    beforeAll(async () => {
      agent = await TestAgent.start();
      engine = await startEngine({ args: ['--userland-proxy-path', agent.dockerProxy] });
      await loadImage(engine, await fixtureImage('hello'), 'hello:latest');
    });
    afterAll(async () => {
      await engine.stop();
      await agent.stop();
    });
    beforeEach(async () => {
      ports = new Ports({
        where: () => 'loopback',
        dial: (network, address) => link.open({ service: 'dial', network, address }),
      });
      link = await agent.link({ onPublish: (lease) => ports.take(lease) });
    });
    afterEach(async () => {
      const ids = await engine.cli(['ps', '-aq']);
      if (ids) await engine.cli(['rm', '-f', ...ids.split('\n')]);
      await ports.close();
      link.close();
    });

    async function askByDatagram(port: number, said: string): Promise<string> {
      const socket = createSocket('udp4');
      socket.send(said, port, '127.0.0.1');
      const [answer] = await once(socket, 'message');
      socket.close();
      return String(answer);
    }

    const page = (port: number): Promise<string> =>
      new Promise((resolve, reject) => {
        request({ host: '127.0.0.1', port, agent: false }, (answer) => resolve(text(answer)))
          .once('error', reject)
          .end();
      });

    /** Resolves once nobody listens there any more. */
    async function closed(port: number): Promise<void> {
      for (;;) {
        const socket = connect(port, '127.0.0.1');
        const open = await new Promise<boolean>((resolve) => {
          socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
        });
        socket.destroy();
        if (!open) return;
      }
    }

    it('lead to the container for as long as it runs', async () => {
      const port = await freePort();
      const id = await engine.cli(['run', '-d', '-p', `0.0.0.0:${port}:80`, 'hello']);
      expect(ports.list()).toMatchObject([{ protocol: 'tcp', port, target: expect.stringMatching(/:80$/) }]);
      expect(await page(port)).toContain('Hello from Gantry');
      await engine.cli(['stop', id]);
      await closed(port);
      expect(ports.list()).toEqual([]);
      await engine.cli(['start', id]);
      expect(await page(port)).toContain('Hello from Gantry');
    });

    it('carry datagrams', async () => {
      const port = await freePort();
      const id = await engine.cli(['run', '-d', '-p', `0.0.0.0:${port}:5000/udp`, 'hello']);
      // The images have no server for datagrams: one of this computer's takes the place, in the container's network.
      const script = `
        const echo = require('node:dgram').createSocket('udp4');
        echo.on('message', (datagram, from) => echo.send(datagram, from.port, from.address));
        echo.bind(5000, () => console.log('ready'));`;
      const pid = await engine.cli(['inspect', '--format', '{{.State.Pid}}', id]);
      const net = `--net=/proc/${pid}/ns/net`;
      const server = spawn('nsenter', [net, process.execPath, '-e', script], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      await once(server.stdout, 'data');
      const answers = await Promise.all(['one', 'two'].map((word) => askByDatagram(port, word)));
      expect(answers).toEqual(['one', 'two']);
      server.kill();
    });

    it('of a range are all there', async () => {
      const first = 20_000 + Math.floor(Math.random() * 5000) * 4;
      await engine.cli(['run', '-d', '-p', `127.0.0.1:${first}-${first + 3}:80-83`, 'hello']);
      expect(
        ports
          .list()
          .map(({ port }) => port)
          .sort(),
      ).toEqual([0, 1, 2, 3].map((n) => first + n));
      expect(await page(first)).toContain('Hello from Gantry');
    });

    // An engine from version 28 on binds the port of its own machine first, which is this one here; the other
    // family's address it leaves alone.
    it.runIf(hasSix)('are an error of docker run when the host has no room for them', async () => {
      const taken = createServer().listen(0, '::1');
      await once(taken, 'listening');
      const address = taken.address();
      const port = address && typeof address === 'object' ? address.port : 0;
      await expect(engine.cli(['run', '-d', '-p', `0.0.0.0:${port}:80`, 'hello'])).rejects.toThrow(
        new RegExp(`bind :${port} on ::1: address already in use.*another port`),
      );
      expect(ports.list()).toEqual([]);
      taken.close();
      await once(taken, 'close');
      await engine.cli(['run', '-d', '-p', `0.0.0.0:${port}:80`, 'hello']);
      expect(await page(port)).toContain('Hello from Gantry');
    });

    it('come again with another session, and stay open meanwhile', async () => {
      const port = await freePort();
      await engine.cli(['run', '-d', '-p', `0.0.0.0:${port}:80`, 'hello']);
      link.close();
      let announced = 0;
      link = await agent.link({
        onPublish: (lease) => {
          announced += 1;
          ports.take(lease);
        },
      });
      while (announced === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      expect(await page(port)).toContain('Hello from Gantry');
      expect(ports.list()).toHaveLength(1);
    });

    it('come again to a host that knew nothing of them', async () => {
      const port = await freePort();
      await engine.cli(['run', '-d', '-p', `0.0.0.0:${port}:80`, 'hello']);
      link.close();
      await ports.close();
      await closed(port);
      ports = new Ports({
        where: () => 'loopback',
        dial: (network, address) => link.open({ service: 'dial', network, address }),
      });
      link = await agent.link({ onPublish: (lease) => ports.take(lease) });
      while (ports.list().length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      expect(await page(port)).toContain('Hello from Gantry');
    });

    it('survive an agent that is started again', async () => {
      const port = await freePort();
      await engine.cli(['run', '-d', '-p', `0.0.0.0:${port}:80`, 'hello']);
      await agent.kill();
      await link.ended;
      await agent.run();
      let announced = 0;
      link = await agent.link({
        onPublish: (lease) => {
          announced += 1;
          ports.take(lease);
        },
      });
      while (announced === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      expect(await page(port)).toContain('Hello from Gantry');
    });
  });
});
