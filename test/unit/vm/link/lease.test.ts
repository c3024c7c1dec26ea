import { describe, expect, it } from 'vitest';
import { takeRequest } from '#vm/link/agent-requests';
import { flag, frameType } from '#vm/link/frames';
import type { Lease } from '#vm/link/lease';
import { GuestEnd, settle } from './guest-end';

const request = {
  service: 'publish',
  protocol: 'tcp',
  hostAddress: '0.0.0.0',
  hostPort: 8080,
  target: '172.17.0.2:80',
};

/** What becomes of a stream that the agent opens with this line. */
async function publish(line: string): Promise<{ guest: GuestEnd; leases: Lease[] }> {
  const guest = new GuestEnd();
  const leases: Lease[] = [];
  guest.send(frameType.window, flag.syn, 2, 0);
  await settle();
  const [stream] = guest.opened;
  if (!stream) throw new Error('no stream');
  void takeRequest(stream, () => guest.session.over, {
    onPublish: (lease) => leases.push(lease),
    onShare: () => expect.unreachable(),
  });
  guest.data(2, line);
  await settle();
  return { guest, leases };
}

const said = (guest: GuestEnd) => guest.frames.map(({ content }) => content).join('');

describe('a lease', () => {
  it('is what the agent asks for, and is granted', async () => {
    const { guest, leases } = await publish(`${JSON.stringify(request)}\n`);
    const { service: _, ...asked } = request;
    expect(leases).toMatchObject([asked]);
    leases[0]?.grant();
    await settle();
    expect(said(guest)).toBe('{"ok":true}\n');
  });

  it('is refused in words', async () => {
    const { guest, leases } = await publish(`${JSON.stringify(request)}\n`);
    leases[0]?.refuse('it is "taken"');
    await settle();
    expect(JSON.parse(said(guest))).toEqual({ error: 'it is "taken"' });
  });

  it('ends when the container gives it back', async () => {
    const { guest, leases } = await publish(`${JSON.stringify(request)}\n`);
    guest.send(frameType.window, flag.rst, 2, 0);
    expect(await leases[0]?.ended).toBe('released');
  });

  it('ends otherwise when the link is lost', async () => {
    const { guest, leases } = await publish(`${JSON.stringify(request)}\n`);
    guest.hangUp();
    expect(await leases[0]?.ended).toBe('link-lost');
  });

  it.each([
    ['no JSON', 'publish 8080\n'],
    ['another protocol', `${JSON.stringify({ ...request, protocol: 'sctp' })}\n`],
    ['no port', `${JSON.stringify({ ...request, hostPort: 70_000 })}\n`],
  ])('is nothing with %s', async (_, line) => {
    const { guest, leases } = await publish(line);
    expect(leases).toEqual([]);
    expect(guest.frames.at(-1)).toMatchObject({ flags: flag.rst, stream: 2 });
  });
});
