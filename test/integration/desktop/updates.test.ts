import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UpdatesState } from '#contract/updates';
import { readUpdateConfig } from '#desktop/updates/config';
import { feedName } from '#desktop/updates/signed-feed';
import { Updates } from '#desktop/updates/updates';
import { serveUpdates, type UpdateFeed } from '../../harness/update-feed';

let feed: UpdateFeed;
let home: string;
let updates: Updates;

function open(version = '0.1.0'): Updates {
  return new Updates({
    config: readUpdateConfig(feed.app, feed.app),
    version,
    folder: home,
    fetch,
    isOnline: () => true,
    load: () => import('#desktop/updates/updater'),
    onDaily: () => undefined,
    onInstalled: () => undefined,
  });
}

const list = feedName(process.platform, process.arch);

const pending = () => {
  const folder = join(home, 'updates/pending');
  return existsSync(folder) ? readdirSync(folder) : [];
};

/** Resolves when the updates get there. */
const until = (phase: UpdatesState['now']['phase']) =>
  new Promise<void>((resolve) => {
    const stop = updates.watch(({ now }) => {
      if (now.phase !== phase) return;
      stop();
      resolve();
    });
  });

const problem = () => {
  const { now } = updates.state;
  return now.phase === 'failed' ? now.problem : undefined;
};

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'gantry-updates-'));
  feed = await serveUpdates();
  updates = open();
});
afterEach(async () => {
  updates.close();
  await feed[Symbol.asyncDispose]();
  rmSync(home, { recursive: true, force: true });
});

describe('updates', () => {
  it('finds a newer version, downloads it and checks it, and says nothing of the user', async () => {
    feed.publish('0.2.0');
    await updates.order('check');
    expect(updates.state.now).toMatchObject({
      phase: 'available',
      update: { version: '0.2.0', size: 300_000, notes: 'What is new in 0.2.0' },
    });
    await updates.order('download');
    expect(updates.state.now.phase).toBe('ready');
    expect(pending()).toEqual(expect.arrayContaining([feed.file]));
    expect(readFileSync(join(home, 'updates/pending', feed.file))).toEqual(Buffer.alloc(300_000, '0.2.0'));
    expect(feed.asked.map(({ path }) => path)).toEqual([`/${list}`, `/${list}.sig`, `/${feed.file}`]);
    for (const { agent, headers } of feed.asked) {
      expect(agent).toBe('Gantry');
      expect(headers).not.toContain('x-user-staging-id');
      expect(headers).not.toContain('cookie');
    }
    expect(existsSync(join(home, 'updates/.updaterId'))).toBe(false);
  });

  it('says so when nothing is newer', async () => {
    feed.publish('0.1.0');
    await updates.order('check');
    expect(updates.state.now).toEqual({ phase: 'idle' });
    expect(updates.state.checkedAt).toBeGreaterThan(0);
  });

  it('refuses a feed that was changed after it was signed', async () => {
    const path = feed.publish('0.2.0');
    writeFileSync(path, readFileSync(path, 'utf8').replace('0.2.0', '0.3.0'));
    await updates.order('check');
    expect(problem()?.code).toBe('update-forged-feed');
    expect(feed.asked.map(({ path: asked }) => asked)).not.toContain(`/${feed.file}`);
  });

  it('refuses a file that was exchanged, and keeps nothing of it', async () => {
    feed.publish('0.2.0');
    feed.answer('.deb', (response, file) => response.end(Buffer.alloc(file.length, 'evil')));
    await updates.order('check');
    await updates.order('download');
    expect(problem()?.code).toBe('update-forged-file');
    expect(pending()).toEqual([]);
  });

  it('refuses a file that is too short or too long, and keeps nothing of it', async () => {
    feed.publish('0.2.0');
    await updates.order('check');
    feed.answer('.deb', (response, file) => response.end(file.subarray(0, 1000)));
    await updates.order('download');
    expect(problem()?.code).toBe('update-wrong-length');
    expect(pending()).toEqual([]);
    feed.answer('.deb', (response, file) => response.end(Buffer.concat([file, file])));
    await updates.order('retry');
    expect(problem()?.code).toBe('update-wrong-length');
    expect(pending()).toEqual([]);
  });

  it('refuses an older version although it is signed', async () => {
    feed.publish('0.0.9');
    await updates.order('check');
    expect(problem()?.code).toBe('update-downgrade');
    await updates.order('download');
    expect(pending()).toEqual([]);
  });

  it('refuses a file that was exchanged after the download, before it reaches the package manager', async () => {
    feed.publish('0.2.0');
    await updates.order('check');
    await updates.order('download');
    writeFileSync(join(home, 'updates/pending', feed.file), 'evil');
    await updates.order('restart');
    expect(problem()?.code).toBe('update-forged-file');
    expect(pending()).toEqual([]);
  });

  it('ends a check and a download that hang when the user cancels', async () => {
    feed.publish('0.2.0');
    feed.answer('.sig', () => undefined);
    const checking = updates.order('check');
    await expect.poll(() => feed.asked.length).toBe(2);
    await updates.order('cancel');
    await checking;
    expect(updates.state.now).toEqual({ phase: 'idle' });
    feed.answer('.sig', (response, file) => response.end(file));
    await updates.order('check');
    feed.answer('.deb', (response, file) => response.write(file.subarray(0, 1000)));
    const begun = until('downloading');
    const downloading = updates.order('download');
    await begun;
    await expect.poll(() => feed.asked.length).toBe(5);
    await updates.order('cancel');
    await downloading;
    expect(updates.state.now.phase).toBe('available');
    expect(pending()).toEqual([]);
  });

  it('says that a server is away, and tries again', async () => {
    await updates.order('check');
    expect(problem()?.code).toBe('update-no-answer');
    feed.publish('0.2.0');
    await updates.order('retry');
    expect(updates.state.now.phase).toBe('available');
  });

  it('looks for nothing without a feed or without a key', async () => {
    expect(readUpdateConfig(home, home)).toEqual({ phase: 'none', why: 'no-feed' });
    writeFileSync(join(feed.app, 'package.json'), '{}');
    updates = open();
    expect(updates.state.now).toEqual({ phase: 'none', why: 'unsigned' });
    await updates.order('check');
    expect(feed.asked).toEqual([]);
  });
});
