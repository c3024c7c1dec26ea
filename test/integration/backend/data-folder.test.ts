import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Backend, createBackend } from '#backend/index';
import type { Client, Finding } from '#contract';
import { writeSettings } from '../../harness/app';
import { type SmallDisk, smallDisk, whyNoSmallDisk } from '../../harness/small-disk';
import { problemOf } from './served-backend';

const why = whyNoSmallDisk();
if (why) console.log(`Gantry's folder on a full and on a read-only disk is not tested: ${why}`);

describe.skipIf(why)('Gantry’s folder on a disk that takes no files', () => {
  let disk: SmallDisk;
  let home: string;
  let settings: string;
  let backend: Backend | undefined;

  beforeEach(async () => {
    disk = await smallDisk();
    home = join(disk.folder, 'home');
    mkdirSync(home, { mode: 0o700 });
    writeSettings(home, { engineHost: 'unix:///nowhere.sock', hiddenSources: ['quay'] });
    settings = readFileSync(join(home, 'settings.json'), 'utf8');
  });
  afterEach(async () => {
    await backend?.close();
    await disk.remove();
  });

  const begin = (): Client => {
    backend = createBackend(home);
    return createRouterClient(backend.router);
  };

  async function check(client: Client): Promise<Finding | undefined> {
    for await (const event of await client.diagnostics.run({ network: false, first: false })) {
      if (event.type === 'found' && event.finding.id === 'data-folder') return event.finding;
    }
    return undefined;
  }

  const kept = () => JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8')).settings;
  const parts = () => readdirSync(home, { recursive: true }).filter((name) => String(name).endsWith('.new'));

  test('a read-only one is told of, loses nothing, and is whole again by the button', async () => {
    await disk.lock();
    const client = begin();
    const { problems } = await client.app.info();
    expect(problems).toMatchObject([
      { code: 'folder-read-only', actions: [{ procedure: 'diagnostics.fix' }, { target: 'troubleshoot' }] },
    ]);
    expect(await client.app.settings()).toMatchObject({ hiddenSources: ['quay'] });
    const refused = await problemOf(client.app.changeSettings({ letterShortcuts: false }));
    expect(refused).toMatchObject({ code: 'folder-read-only', title: 'Your change could not be kept' });
    expect(await client.app.settings()).toMatchObject({ letterShortcuts: false });
    expect(await check(client)).toMatchObject({ result: 'failed', fact: 'Gantry’s folder is read-only' });
    const still = await problemOf(client.diagnostics.fix({ repair: 'data-folder' }));
    expect(still.code).toBe('folder-read-only');
    expect(readFileSync(join(home, 'settings.json'), 'utf8')).toBe(settings);

    await disk.unlock();
    await client.diagnostics.fix({ repair: 'data-folder' });
    expect(await check(client)).toMatchObject({ result: 'ok' });
    expect(kept()).toMatchObject({ letterShortcuts: false, hiddenSources: ['quay'] });
    expect((await client.app.info()).problems).toEqual([]);
  });

  test('a full one is told of, keeps the old settings whole, and takes the new ones when there is room', async () => {
    const client = begin();
    await disk.fill();
    expect((await client.app.info()).problems).toMatchObject([{ code: 'folder-full' }]);
    const refused = await problemOf(client.app.changeSettings({ letterShortcuts: false }));
    expect(refused.code).toBe('folder-full');
    expect(await check(client)).toMatchObject({
      result: 'failed',
      fact: 'The disk of Gantry’s folder is full',
    });
    expect(readFileSync(join(home, 'settings.json'), 'utf8')).toBe(settings);
    expect(parts()).toEqual([]);

    await disk.empty();
    // The next change brings the one before along.
    await client.app.changeSettings({ toldOfTray: true });
    expect(kept()).toMatchObject({ letterShortcuts: false, toldOfTray: true });
    expect(await check(client)).toMatchObject({ result: 'ok' });
    for (const line of readFileSync(join(home, 'logs', 'gantry.log'), 'utf8')
      .trim()
      .split('\n')) {
      expect(() => JSON.parse(line)).not.toThrow();
    }
  });

  test('Gantry starts on a full one, too', async () => {
    await disk.fill();
    const client = begin();
    expect((await client.app.info()).problems).toMatchObject([{ code: 'folder-full' }]);
    expect(await client.app.settings()).toMatchObject({ hiddenSources: ['quay'] });
  });

  test('broken settings on a read-only one stay where they are until they can be put aside', async () => {
    writeFileSync(join(home, 'settings.json'), '{ broken');
    await disk.lock();
    const client = begin();
    expect((await client.app.info()).problems.map(({ code }) => code)).toEqual([
      'settings-broken',
      'folder-read-only',
    ]);
    expect((await problemOf(client.app.changeSettings({ toldOfTray: true }))).code).toBe('folder-read-only');
    await disk.unlock();
    await client.app.changeSettings({ toldOfTray: true });
    const [aside = ''] = readdirSync(home).filter((name) => name.startsWith('settings.broken-'));
    expect(readFileSync(join(home, aside), 'utf8')).toBe('{ broken');
    expect(kept()).toMatchObject({ toldOfTray: true });
  });
});
