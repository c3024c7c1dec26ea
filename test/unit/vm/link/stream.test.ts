import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { flag, frameType, ownWindow, protocolWindow } from '#vm/link/frames';
import { GuestEnd, settle } from './guest-end';

const MB = 1024 * 1024;

describe('a stream', () => {
  it('opens with the larger window and sends at once', async () => {
    const guest = new GuestEnd();
    guest.session.open().write('hello');
    await settle();
    expect(guest.frames).toEqual([
      { type: frameType.window, flags: flag.syn, stream: 1, length: ownWindow - protocolWindow, content: '' },
      { type: frameType.data, flags: 0, stream: 1, length: 5, content: 'hello' },
    ]);
  });

  it('sends no more than the guest allows, and goes on when it allows more', async () => {
    const guest = new GuestEnd();
    const stream = guest.session.open();
    let done = false;
    stream.write(Buffer.alloc(MB), () => {
      done = true;
    });
    await settle();
    expect(guest.received(1)).toBe(protocolWindow);
    expect(done).toBe(false);
    guest.window(1, 1000);
    await settle();
    expect(guest.received(1)).toBe(protocolWindow + 1000);
    guest.window(1, MB);
    await settle();
    expect(guest.received(1)).toBe(MB);
    expect(done).toBe(true);
  });

  it('lets others send while one waits for the guest', async () => {
    const guest = new GuestEnd();
    guest.session.open().write(Buffer.alloc(MB));
    guest.session.open().write('small');
    await settle();
    expect(guest.received(1)).toBe(protocolWindow);
    expect(guest.received(3)).toBe(5);
  });

  it('allows no more than one window until it is read', async () => {
    const guest = new GuestEnd();
    const stream = guest.session.open();
    const piece = 'x'.repeat(64 * 1024);
    for (let sent = 0; sent < ownWindow; sent += piece.length) guest.data(1, piece);
    await settle();
    const granted = () =>
      guest.frames
        .filter(({ type, flags }) => type === frameType.window && flags === 0)
        .reduce((sum, { length }) => sum + length, 0);
    expect(granted()).toBe(0);
    let read = 0;
    stream.on('data', (bytes: Buffer) => {
      read += bytes.length;
    });
    await settle();
    expect(read).toBe(ownWindow);
    expect(granted()).toBeGreaterThanOrEqual(ownWindow / 2);
  });

  it('ends the session when the guest sends more than it may', async () => {
    const guest = new GuestEnd();
    const stream = guest.session.open();
    const failed = once(stream, 'error');
    for (let sent = 0; sent <= ownWindow; sent += MB / 4) guest.data(1, 'x'.repeat(MB / 4));
    expect(await guest.session.ended).toContain('more than it may');
    expect(await failed).toMatchObject([{ code: 'ECONNRESET' }]);
  });

  it('goes on reading after its own end', async () => {
    const guest = new GuestEnd();
    const stream = guest.session.open();
    stream.end('question');
    await settle();
    expect(guest.frames.at(-1)).toMatchObject({ flags: flag.fin, stream: 1 });
    guest.data(1, 'late ');
    guest.data(1, 'answer');
    guest.end(1);
    expect(await text(stream)).toBe('late answer');
    await settle();
    expect(guest.session.openStreams).toBe(0);
    expect(guest.frames.some(({ flags }) => flags & flag.rst)).toBe(false);
  });

  it('goes on writing after the end of the other side', async () => {
    const guest = new GuestEnd();
    const stream = guest.session.open();
    guest.data(1, 'bye');
    guest.end(1);
    stream.resume();
    await once(stream, 'end');
    stream.end('still here');
    await settle();
    expect(guest.received(1)).toBe('still here'.length);
    expect(guest.frames.at(-1)).toMatchObject({ flags: flag.fin });
  });

  it('gives what came before an end, however late it is read', async () => {
    const guest = new GuestEnd();
    const stream = guest.session.open();
    const piece = 'x'.repeat(100_000);
    for (let n = 0; n < 5; n += 1) guest.data(1, piece);
    guest.end(1);
    await settle();
    expect(await text(stream)).toBe(piece.repeat(5));
  });

  it('resets the other side when it is destroyed', async () => {
    const guest = new GuestEnd();
    guest.session.open().destroy();
    await settle();
    expect(guest.frames.at(-1)).toMatchObject({ type: frameType.window, flags: flag.rst, stream: 1 });
    // What was on its way is dropped.
    guest.data(1, 'too late');
    guest.session.open().write('next');
    await settle();
    expect(guest.received(3)).toBe(4);
  });

  it('fails when the other side resets it, and sends nothing back', async () => {
    const guest = new GuestEnd();
    const stream = guest.session.open();
    await settle();
    const failed = once(stream, 'error');
    guest.send(frameType.window, flag.rst, 1, 0);
    expect(await failed).toMatchObject([{ code: 'ECONNRESET' }]);
    await settle();
    expect(guest.frames.some(({ flags }) => flags & flag.rst)).toBe(false);
    expect(guest.session.openStreams).toBe(0);
  });

  it('is opened by the guest, too', async () => {
    const guest = new GuestEnd();
    guest.send(frameType.window, flag.syn, 2, ownWindow - protocolWindow);
    guest.data(2, 'a lease');
    await settle();
    const [stream] = guest.opened;
    expect(guest.frames).toMatchObject([{ flags: flag.ack, stream: 2, length: ownWindow - protocolWindow }]);
    expect(stream?.read()?.toString()).toBe('a lease');
    stream?.write(Buffer.alloc(MB));
    await settle();
    expect(guest.received(2)).toBe(MB);
  });
});

describe('a session', () => {
  it('answers pings', async () => {
    const guest = new GuestEnd();
    guest.send(frameType.ping, flag.syn, 0, 42);
    await settle();
    expect(guest.frames).toMatchObject([{ type: frameType.ping, flags: flag.ack, length: 42 }]);
  });

  it('ends with the connection, and resets its streams', async () => {
    const guest = new GuestEnd();
    const streams = [guest.session.open(), guest.session.open()];
    const failed = Promise.all(streams.map((stream) => once(stream, 'error')));
    guest.hangUp();
    expect(await guest.session.ended).toContain('closed');
    expect(await failed).toHaveLength(2);
    expect(guest.session.openStreams).toBe(0);
  });

  it('ends when the guest says so', async () => {
    const guest = new GuestEnd();
    guest.send(frameType.goAway, 0, 0, 0);
    expect(await guest.session.ended).toContain('guest has ended');
  });

  it('ends with garbage', async () => {
    const guest = new GuestEnd();
    guest.raw(Buffer.from('HTTP/1.1 200 OK\r\n\r\n'));
    expect(await guest.session.ended).toContain('no frame');
  });

  it('ends when the guest opens a stream in the place of another', async () => {
    const guest = new GuestEnd();
    guest.send(frameType.window, flag.syn, 2, 0);
    guest.send(frameType.window, flag.syn, 2, 0);
    expect(await guest.session.ended).toContain('twice');
  });

  it('opens nothing after its end', async () => {
    const guest = new GuestEnd();
    guest.session.close();
    await guest.session.ended;
    expect(() => guest.session.open()).toThrow('has ended');
  });
});
