import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeWithAgent, TestAgent } from './link-agent';

describeWithAgent('a mount of a shared folder through the link', () => {
  let agent: TestAgent;
  beforeEach(async () => {
    agent = await TestAgent.start();
  });
  afterEach(() => agent.stop());

  /** What the guest's kernel does. */
  const mount = () => connect(join(agent.folder, 'shares.sock'));

  /** Opens a link and waits for the first mount that comes through it. */
  async function nextMount() {
    let arrived: (stream: Duplex) => void = () => undefined;
    const stream = new Promise<Duplex>((resolve) => {
      arrived = resolve;
    });
    const link = await agent.link({ onShare: arrived });
    return { link, stream: await stream };
  }

  it('waits for the host, carries both ways, and passes its end on', async () => {
    const guest = mount();
    guest.write('asked');
    const { link, stream } = await nextMount();
    const [asked] = await once(stream, 'data');
    expect(String(asked)).toBe('asked');
    stream.end('answered');
    expect(await text(guest)).toBe('answered');
    guest.end();
    link.close();
  });

  it('breaks when the link does, and comes back by a new mount', async () => {
    const guest = mount();
    const { link } = await nextMount();
    link.close();
    await once(guest.resume(), 'close');
    const again = mount();
    const { link: next, stream } = await nextMount();
    stream.end('here');
    expect(await text(again)).toBe('here');
    next.close();
  });
});
