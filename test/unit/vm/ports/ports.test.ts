import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { DatagramReader, frameDatagram } from '#vm/ports/datagrams';
import { Ports } from '#vm/ports/ports';
import { freePort } from '../../../harness/free-port';
import { askByDatagram, type Dialled, FakeLease, fakeDial } from './fake-link';

let ports: Ports | undefined;
afterEach(() => ports?.close());

function open(where: 'loopback' | 'network' = 'loopback'): { ports: Ports; dialled: Dialled[] } {
  const { dial, dialled } = fakeDial();
  ports = new Ports({ where: () => where, dial });
  return { ports, dialled };
}

/** Takes a lease that is granted. */
async function publish(taker: Ports, asked: ConstructorParameters<typeof FakeLease>[0]): Promise<FakeLease> {
  const fake = new FakeLease(asked);
  taker.take(fake.lease);
  expect(await fake.answer).toBe('granted');
  return fake;
}

async function connected(port: number, host = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ port, host, allowHalfOpen: true });
  await once(socket, 'connect');
  socket.on('error', () => {});
  return socket;
}

/** The code with which a connection is refused; null when it is accepted. */
async function refusedWith(port: number, host = '127.0.0.1'): Promise<unknown> {
  const socket = connect(port, host);
  return new Promise((resolve) => {
    socket.once('connect', () => {
      socket.destroy();
      resolve(null);
    });
    socket.once('error', (error) => resolve('code' in error ? error.code : error));
  });
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

const hasSix = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
);

describe('a published TCP port', () => {
  it('leads to the container, and keeps the ends of both ways apart', async () => {
    const { ports, dialled } = open();
    const hostPort = await freePort();
    await publish(ports, { hostPort });
    const client = await connected(hostPort);
    client.end('question');
    await until(() => dialled.length === 1);
    const [first] = dialled;
    expect(first).toMatchObject({ network: 'tcp', address: '172.17.0.2:80' });
    const guest = first?.guest ?? client;
    let asked = '';
    guest.on('data', (bytes) => {
      asked += bytes;
    });
    await once(guest, 'end');
    expect(asked).toBe('question');
    guest.end('answer');
    expect(await text(client)).toBe('answer');
  });

  it.runIf(hasSix)('is open on both loopback addresses', async () => {
    const { ports } = open();
    const hostPort = await freePort();
    await publish(ports, { hostPort });
    expect(ports.list()).toEqual([
      { protocol: 'tcp', addresses: ['127.0.0.1', '::1'], port: hostPort, target: '172.17.0.2:80' },
    ]);
    expect(await refusedWith(hostPort, '::1')).toBeNull();
  });

  it.runIf(hasSix)('is open to the network on wish', async () => {
    const { ports } = open('network');
    const hostPort = await freePort();
    await publish(ports, { hostPort });
    expect(ports.list()[0]?.addresses).toEqual(['0.0.0.0', '::']);
  });

  it('is open on the address that was named, and no other', async () => {
    const { ports } = open('network');
    const hostPort = await freePort();
    await publish(ports, { hostPort, hostAddress: '127.0.0.1' });
    expect(ports.list()[0]?.addresses).toEqual(['127.0.0.1']);
  });

  it('is closed with its connections when the container ends', async () => {
    const { ports, dialled } = open();
    const hostPort = await freePort();
    const lease = await publish(ports, { hostPort });
    const client = await connected(hostPort);
    await until(() => dialled.length === 1);
    const closed = once(client, 'error');
    lease.end('released');
    expect(await closed).toMatchObject([{ code: 'ECONNRESET' }]);
    expect(await refusedWith(hostPort)).toBe('ECONNREFUSED');
    expect(ports.list()).toEqual([]);
  });

  it('resets a connection that the container does not accept', async () => {
    const { ports, dialled } = open();
    const hostPort = await freePort();
    await publish(ports, { hostPort });
    const client = await connected(hostPort);
    await until(() => dialled.length === 1);
    const failed = once(client, 'error');
    dialled[0]?.host.destroy(new Error('reset by the guest'));
    expect(await failed).toMatchObject([{ code: 'ECONNRESET' }]);
  });

  it('resets connections while there is no link', async () => {
    ports = new Ports({
      where: () => 'loopback',
      dial: () => {
        throw new Error('no link');
      },
    });
    const hostPort = await freePort();
    await publish(ports, { hostPort });
    const client = connect(hostPort, '127.0.0.1');
    await once(client, 'error').catch(() => {});
    expect(client.destroyed).toBe(true);
  });

  it('can be published again at once', async () => {
    const { ports, dialled } = open();
    const hostPort = await freePort();
    const first = await publish(ports, { hostPort });
    const next = new FakeLease({ hostPort, target: '172.17.0.3:80' });
    // The new container's request overtakes the old one's end.
    ports.take(next.lease);
    setTimeout(() => first.end('released'), 50);
    expect(await next.answer).toBe('granted');
    await connected(hostPort).then((client) => client.destroy());
    await until(() => dialled.length === 1);
    expect(dialled[0]?.address).toBe('172.17.0.3:80');
  });

  it('has one container for each family of addresses', async () => {
    const { ports, dialled } = open();
    const hostPort = await freePort();
    const four = await publish(ports, { hostPort, target: '172.17.0.2:80' });
    const six = await publish(ports, { hostPort, hostAddress: '::', target: '[fd00::2]:80' });
    expect(ports.list()).toHaveLength(1);
    four.end('released');
    await until(() => ports.list()[0]?.target === '[fd00::2]:80');
    await connected(hostPort).then((client) => client.destroy());
    await until(() => dialled.length === 1);
    expect(dialled[0]?.address).toBe('[fd00::2]:80');
    six.end('released');
    await until(() => ports.list().length === 0);
  });
});

describe('a port that cannot be opened', () => {
  it('is refused in words when another program has it', async () => {
    const { ports } = open();
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const hostPort = address && typeof address === 'object' ? address.port : 0;
    const fake = new FakeLease({ hostPort });
    ports.take(fake.lease);
    expect(await fake.answer).toMatch(
      new RegExp(`bind 127.0.0.1:${hostPort}: address already in use .*TCP port ${hostPort}`),
    );
    expect(ports.list()).toEqual([]);
    other.close();
    await once(other, 'close');
    await publish(ports, { hostPort });
  });

  it('is refused when another container has it', async () => {
    const { ports } = open();
    const hostPort = await freePort();
    await publish(ports, { hostPort });
    const second = new FakeLease({ hostPort, target: '172.17.0.3:80' });
    ports.take(second.lease);
    expect(await second.answer).toContain('address already in use');
    expect(ports.list()).toMatchObject([{ target: '172.17.0.2:80' }]);
  });

  it('is refused when this computer has no such address', async () => {
    const { ports } = open();
    // 192.0.2.0/24 is for documentation (RFC 5737).
    const fake = new FakeLease({ hostAddress: '192.0.2.7', hostPort: await freePort() });
    ports.take(fake.lease);
    expect(await fake.answer).toContain('This computer has no address 192.0.2.7');
  });
});

describe('a lost link', () => {
  it('leaves ports open for the next one, which takes them over', async () => {
    const { ports, dialled } = open();
    const hostPort = await freePort();
    const old = await publish(ports, { hostPort });
    const client = await connected(hostPort);
    let broken = false;
    client.on('close', () => {
      broken = true;
    });
    old.end('link-lost');
    await new Promise((resolve) => setTimeout(resolve, 50));
    const again = await publish(ports, { hostPort, target: '172.17.0.9:80' });
    expect(broken).toBe(false);
    await connected(hostPort).then((second) => second.destroy());
    await until(() => dialled.length === 2);
    expect(dialled[1]?.address).toBe('172.17.0.9:80');
    again.end('released');
    await until(() => ports.list().length === 0);
    expect(await refusedWith(hostPort)).toBe('ECONNREFUSED');
  });
});

describe('a published UDP port', () => {
  /** Answers each datagram in capitals. */
  function shout({ guest }: Dialled): void {
    const reader = new DatagramReader((datagram) =>
      guest.write(frameDatagram(Buffer.from(datagram.toString().toUpperCase()))),
    );
    guest.on('data', (bytes: Buffer) => reader.push(bytes));
  }

  it('has a stream for each client', async () => {
    const { ports, dialled } = open();
    const hostPort = await freePort();
    await publish(ports, { protocol: 'udp', hostPort, target: '172.17.0.2:53' });
    const answers = ['one', 'two'].map((word) => askByDatagram(hostPort, word));
    await until(() => dialled.length === 2);
    for (const each of dialled) shout(each);
    expect(await Promise.all(answers)).toEqual(['ONE', 'TWO']);
    expect(dialled.map(({ network, address }) => `${network} ${address}`)).toEqual([
      'udp 172.17.0.2:53',
      'udp 172.17.0.2:53',
    ]);
  });

  it('is closed with its streams', async () => {
    const { ports, dialled } = open();
    const hostPort = await freePort();
    const lease = await publish(ports, { protocol: 'udp', hostPort });
    const client = createSocket('udp4');
    client.send('hello', hostPort, '127.0.0.1');
    await until(() => dialled.length === 1);
    lease.end('released');
    await until(() => ports.list().length === 0);
    await publish(ports, { protocol: 'udp', hostPort });
    client.close();
  });

  it('is refused in words when another program has it', async () => {
    const { ports } = open();
    const other = createSocket('udp4').bind(0, '127.0.0.1');
    await once(other, 'listening');
    const fake = new FakeLease({ protocol: 'udp', hostPort: other.address().port });
    ports.take(fake.lease);
    expect(await fake.answer).toContain(`UDP port ${other.address().port}`);
    other.close();
  });
});

describe('datagrams on a stream', () => {
  it('are whole again, however the stream is cut', () => {
    const bytes = Buffer.concat(
      ['', 'a', 'x'.repeat(40_000)].map((word) => frameDatagram(Buffer.from(word))),
    );
    for (const size of [1, 3, 1000, bytes.length]) {
      const found: number[] = [];
      const reader = new DatagramReader((datagram) => found.push(datagram.length));
      for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
      expect(found).toEqual([0, 1, 40_000]);
    }
  });
});
