import { type Duplex, duplexPair } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { followProgram, type GuestProgram } from '#vm/link/run';
import { settle } from './guest-end';

function frame(kind: number, content: string): Buffer {
  const head = Buffer.alloc(5);
  head[0] = kind;
  head.writeUInt32BE(Buffer.byteLength(content), 1);
  return Buffer.concat([head, Buffer.from(content)]);
}

function start(signal = new AbortController().signal): { program: GuestProgram; guest: Duplex } {
  const [host, guest] = duplexPair();
  return { program: followProgram(host, signal), guest };
}

describe('a program in the guest', () => {
  it('has two outputs and an exit code, however its frames are cut', async () => {
    const { program, guest } = start();
    const all = Buffer.concat([frame(1, 'out'), frame(2, 'err'), frame(1, 'put'), frame(3, '42')]);
    for (const byte of all) guest.write(Buffer.from([byte]));
    guest.end();
    expect(await Promise.all([text(program.stdout), text(program.stderr), program.exited])).toEqual([
      'output',
      'err',
      42,
    ]);
  });

  it('gets its input, the end of it and the size of its terminal', async () => {
    const { program, guest } = start();
    program.stdin.write('hi');
    program.resize({ columns: 100, rows: 30 });
    program.stdin.end();
    await settle();
    expect(guest.read()).toEqual(
      Buffer.concat([frame(0, 'hi'), frame(4, '{"columns":100,"rows":30}'), frame(5, '')]),
    );
  });

  it('fails when the link ends before its exit code', async () => {
    const { program, guest } = start();
    guest.write(frame(1, 'half'));
    guest.end();
    await expect(program.exited).rejects.toThrow('did not say how');
  });

  it('is given up with its signal', async () => {
    const giveUp = new AbortController();
    const { program, guest } = start(giveUp.signal);
    giveUp.abort();
    await expect(program.exited).rejects.toThrow('given up');
    await settle();
    expect(guest.readableEnded || guest.destroyed || program.stdin.destroyed).toBe(true);
  });

  it('waits for whoever reads its output', async () => {
    const { program, guest } = start();
    const piece = frame(1, 'x'.repeat(60_000));
    let taken = 0;
    for (let n = 0; n < 50; n += 1) {
      guest.write(piece, () => {
        taken += 1;
      });
    }
    await settle();
    expect(taken).toBeLessThan(10);
    const read = text(program.stdout);
    guest.end(frame(3, '0'));
    expect((await read).length).toBe(50 * 60_000);
  });
});
