import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { expectLiveButtons } from '../../harness/live-buttons';
import { sharedEngine } from '../../harness/shared';
import { serveBackend } from './served-backend';

test('a container that found no room is explained with what takes the engine’s disk', async (context) => {
  const { cli, host } = sharedEngine(context);
  const name = `full-${randomBytes(3).toString('hex')}`;
  const script = 'dd if=/dev/zero of=/small/file bs=1M count=2';
  const asked = ['run', '--name', name, '--tmpfs', '/small:size=1m', 'gantry-test/hello', 'sh', '-c', script];
  await expect(cli(asked)).rejects.toThrow('No space left on device');
  const served = await serveBackend(host);
  try {
    const { client } = served;
    const id = await cli(['inspect', '--format', '{{.Id}}', name]);
    const whyOf = async () => (await client.containers.details({ id })).why;
    await expect.poll(() => whyOf().then((why) => why?.code)).toBe('disk-full-inside');
    const why = await whyOf();
    expect(why?.explanation).toMatch(/Images take [\d.]+ [kMG]B/);
    expect(why?.actions.map(({ label }) => label)).toContain('Start again');
    if (why) expectLiveButtons(why);
  } finally {
    await served.close();
    await cli(['rm', '--force', name]);
  }
});
