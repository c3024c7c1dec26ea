import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AnswerFinder, greet } from '#vm/link/greeting';

const secret = '00112233445566778899aabbccddeeff';

describe('the answer to a greeting', () => {
  it('is found behind leftovers of an old session', () => {
    const finder = new AnswerFinder();
    expect(finder.push(Buffer.from('\0\0\0\x04half a frame'))).toBeNull();
    const found = finder.push(Buffer.from('rest GANTRY-LINK-OK 0011223344556677\nnew'));
    expect(found).toEqual({ nonce: '0011223344556677', rest: Buffer.from('new') });
  });

  it('is found in pieces of one byte', () => {
    const finder = new AnswerFinder();
    const found = [...Buffer.from('xxGANTRY-LINK-OK 0011223344556677\n')].map((byte) =>
      finder.push(Buffer.from([byte])),
    );
    expect(found.slice(0, -1).every((answer) => answer === null)).toBe(true);
    expect(found.at(-1)).toMatchObject({ nonce: '0011223344556677' });
  });

  it('is the last one of several', () => {
    const two = 'GANTRY-LINK-OK 0000000000000001\nold frames GANTRY-LINK-OK 0000000000000002\n';
    expect(new AnswerFinder().push(Buffer.from(two))).toMatchObject({ nonce: '0000000000000002' });
  });

  it('is nothing that only looks like it', () => {
    const finder = new AnswerFinder();
    expect(finder.push(Buffer.from('GANTRY-LINK-OK 00112233\nGANTRY-LINK-OK not-hexadecimal-\n'))).toBeNull();
  });
});

describe('a greeting', () => {
  let server: Server;
  let host: Socket;
  let guest: Socket;
  let heard: string;
  beforeEach(async () => {
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (!address || typeof address === 'string') throw new Error('no port');
    const accepted = once(server, 'connection');
    host = connect(address.port, '127.0.0.1');
    [guest] = await accepted;
    heard = '';
    guest.on('data', (bytes) => {
      heard += bytes;
    });
    guest.on('error', () => {});
  });
  afterEach(() => {
    host.destroy();
    guest.destroy();
    server.close();
  });

  /** The nonces of the greetings so far, at least so many. */
  async function nonces(atLeast: number): Promise<string[]> {
    for (;;) {
      const found = [...heard.matchAll(/GANTRY-LINK ([0-9a-f]{32}) ([0-9a-f]{16})\n/g)];
      if (found.length >= atLeast) return found.map(([, , nonce]) => nonce ?? '');
      await once(guest, 'data');
    }
  }

  it('gives what follows the answer', async () => {
    const greeted = greet(host, secret, new AbortController().signal);
    const [nonce] = await nonces(1);
    expect(heard).toContain(secret);
    guest.write(`leftovers GANTRY-LINK-OK ${nonce}\nframes`);
    expect((await greeted).toString()).toBe('frames');
  });

  it('is repeated with another nonce, whose answer alone counts', async () => {
    let done = false;
    const greeted = greet(host, secret, new AbortController().signal).then((rest) => {
      done = true;
      return rest;
    });
    const [first, second] = await nonces(2);
    expect(first).not.toBe(second);
    guest.write(`GANTRY-LINK-OK ${first}\nof a session that the second greeting ends`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(done).toBe(false);
    guest.write(`GANTRY-LINK-OK ${second}\nright`);
    expect((await greeted).toString()).toBe('right');
  });

  it('fails with the connection', async () => {
    const greeted = greet(host, secret, new AbortController().signal);
    guest.destroy();
    await expect(greeted).rejects.toThrow();
  });

  it('is given up with its signal, and closes the connection', async () => {
    const giveUp = new AbortController();
    const greeted = greet(host, secret, giveUp.signal);
    await nonces(1);
    giveUp.abort();
    await expect(greeted).rejects.toThrow('given up');
    expect(host.destroyed).toBe(true);
  });
});
