import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect } from 'vitest';
import { freePort } from '../../harness/free-port';
import { type Battery, type Case, theCase } from './case';
import { exchange, exchangeDatagram } from './connect';
import { BOX, NODE } from './images';

const MB = 1024 * 1024;
const LOOPBACK = '127.0.0.1';
const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

/** Starts the echo servers with these options and waits until they listen. */
async function echoServers(box: Case, ...options: string[]): Promise<string> {
  const name = await box.background(options, NODE);
  await box.until(async () => expect(await box.docker('logs', name)).toMatch(/tcp ready[\s\S]*udp ready/));
  return name;
}

export function portCases(battery: Battery): void {
  describe('published ports', () => {
    theCase(battery, 'TCP: 10 MB there and back, with half-close', 60, async (box) => {
      const port = await freePort();
      await echoServers(box, '-p', `${LOOPBACK}:${port}:7`);
      const message = randomBytes(10 * MB);
      expect(sha256(await exchange(LOOPBACK, port, message))).toBe(sha256(message));
    });

    theCase(battery, 'TCP: 100 connections at once', 60, async (box) => {
      const port = await freePort();
      await echoServers(box, '-p', `${LOOPBACK}:${port}:7`);
      const messages = Array.from({ length: 100 }, (_, index) => Buffer.from(`message ${index}`));
      const answers = await Promise.all(messages.map((message) => exchange(LOOPBACK, port, message)));
      expect(answers.map(String)).toEqual(messages.map(String));
    });

    theCase(battery, 'UDP: datagrams of all sizes', 60, async (box) => {
      const port = await freePort('udp');
      await echoServers(box, '-p', `${LOOPBACK}:${port}:7/udp`);
      // A datagram may be lost, even on one computer: each is sent until it is answered.
      for (const size of [1, 100, 1400, 8000]) {
        const message = randomBytes(size);
        const answer = await box.until(async () => {
          const got = await exchangeDatagram(LOOPBACK, port, message, 1000);
          if (got === null) throw new Error(`no answer to ${size} bytes`);
          return got;
        });
        expect(sha256(answer)).toBe(sha256(message));
      }
    });

    theCase(battery, 'without an address, and any free port', 60, async (box) => {
      const port = await freePort();
      const named = await echoServers(box, '-p', `${port}:7`);
      expect(String(await exchange(box.facts.publishedAt, port, Buffer.from('named')))).toBe('named');
      expect(await box.docker('port', named, '7/tcp')).toMatch(new RegExp(`:${port}$`, 'm'));

      const any = await echoServers(box, '-p', '7');
      const [, chosen] = /:(\d+)$/m.exec(await box.docker('port', any, '7/tcp')) ?? [];
      expect(String(await exchange(box.facts.publishedAt, Number(chosen), Buffer.from('any')))).toBe('any');
    });

    theCase(battery, 'a range of ports', 60, async (box) => {
      // The next ones may be taken: then another place is looked for.
      const first = await box.until(async () => {
        const port = await freePort();
        await box.background(['-p', `${LOOPBACK}:${port}-${port + 2}:80-82`], BOX);
        return port;
      });
      const hello = () => exchange(LOOPBACK, first, Buffer.from('GET / HTTP/1.0\r\n\r\n'));
      await box.until(async () => expect(String(await hello())).toContain('Hello from Gantry'));
    });

    theCase(battery, 'an open connection goes on while others come and go', 60, async (box) => {
      const port = await freePort();
      await echoServers(box, '-p', `${LOOPBACK}:${port}:7`);
      const other = await freePort();
      const long = exchange(LOOPBACK, port, randomBytes(30 * MB));
      await box.docker('rm', '-f', await box.background(['-p', `${LOOPBACK}:${other}:80`], BOX));
      expect((await long).length).toBe(30 * MB);
    });

    theCase(battery, 'nothing listens any more when the container has stopped', 60, async (box) => {
      const port = await freePort();
      const name = await echoServers(box, '-p', `${LOOPBACK}:${port}:7`);
      await exchange(LOOPBACK, port, Buffer.from('up'));
      await box.docker('stop', name);
      await box.until(() =>
        expect(exchange(LOOPBACK, port, Buffer.from('down'))).rejects.toThrow('ECONNREFUSED'),
      );
      await box.docker('start', name);
      await box.until(async () =>
        expect(String(await exchange(LOOPBACK, port, Buffer.from('up')))).toBe('up'),
      );
    });
  });

  describe('a port that is taken', () => {
    theCase(
      battery,
      'by a program of this computer is named, and can be had once it is free',
      60,
      async (box) => {
        const server = createServer().listen(0, LOOPBACK);
        await once(server, 'listening');
        const address = server.address();
        const port = typeof address === 'object' && address !== null ? address.port : 0;
        const name = box.container();
        try {
          const said = await box.refused('run', '-d', '--name', name, '-p', `${LOOPBACK}:${port}:7`, NODE);
          expect(said).toContain(`:${port}`);
          expect(said).toMatch(/address already in use|already allocated/);
        } finally {
          await new Promise((resolve) => server.close(resolve));
        }
        await box.docker('start', name);
        await box.until(async () =>
          expect(String(await exchange(LOOPBACK, port, Buffer.from('x')))).toBe('x'),
        );
      },
    );

    theCase(battery, 'by another container is named', 40, async (box) => {
      const port = await freePort();
      await box.background(['-p', `${LOOPBACK}:${port}:80`], BOX);
      const args = ['run', '-d', '--name', box.container(), '-p', `${LOOPBACK}:${port}:80`, BOX];
      expect(await box.refused(...args)).toContain(`:${port}`);
    });
  });
}
