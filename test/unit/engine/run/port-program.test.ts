import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { programAt } from '#engine/run/port-program';

test.skipIf(process.platform !== 'linux')(
  'the program that listens on a port is named, and nobody after it has ended',
  async () => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = z.object({ port: z.number() }).parse(server.address());
    expect(await programAt(port)).toEqual({
      name: readFileSync('/proc/self/comm', 'utf8').trim(),
      pid: process.pid,
    });
    server.close();
    await once(server, 'close');
    expect(await programAt(port)).toBeNull();
  },
);
