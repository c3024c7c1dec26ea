import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBackend } from '#backend/index';
import type { CheckId, Client, Finding } from '#contract';
import { startEngine, type TestEngine } from '../../harness/engine';
import { fixtureImage, loadImage } from '../../harness/images';
import { describeWithEngine } from '../../harness/shared';

describeWithEngine('the checks, against a real engine', () => {
  let engine: TestEngine;
  let home: string;
  let backend: ReturnType<typeof createBackend>;
  let client: Client;

  beforeAll(async () => {
    engine = await startEngine();
    await loadImage(engine, await fixtureImage('hello'), 'hello:latest');
    home = await mkdtemp(join(tmpdir(), 'gantry-diagnose-'));
    writeFileSync(
      join(home, 'settings.json'),
      JSON.stringify({ version: 1, settings: { engineHost: engine.host } }),
    );
    backend = createBackend(home);
    client = createRouterClient(backend.router);
  });
  afterAll(async () => {
    await backend?.close();
    await engine?.stop();
    if (home) rmSync(home, { recursive: true });
  });

  async function diagnose(): Promise<Map<CheckId, Finding>> {
    const found = new Map<CheckId, Finding>();
    let names: CheckId[] = [];
    for await (const event of await client.diagnostics.run({ network: false, first: false })) {
      if (event.type === 'begun') names = event.checks.map(({ id }) => id);
      else found.set(event.finding.id, event.finding);
    }
    expect([...found.keys()].sort()).toEqual(names.sort());
    return found;
  }

  test('a healthy engine is found healthy, and Docker Hub is not asked', async () => {
    const found = await diagnose();
    for (const id of ['engine', 'permission', 'versions', 'clock', 'subnets', 'leftovers'] as const) {
      expect(found.get(id)).toMatchObject({ id, result: 'ok' });
    }
    expect(found.get('registry')).toMatchObject({ result: 'skipped' });
  });

  test('a port that is published is tried', async () => {
    await engine.cli(['run', '--detach', '--name', 'web', '--publish', '127.0.0.1::80', 'hello']);
    try {
      await expect.poll(async () => (await diagnose()).get('ports')?.result, { timeout: 20_000 }).toBe('ok');
    } finally {
      await engine.cli(['rm', '--force', 'web']);
    }
  });

  test('a report is saved byte for byte as it was shown, without the secrets', async () => {
    await client.app.changeSettings({
      registries: [{ host: 'registry.secret.example', name: 'x', insecure: false }],
    });
    writeFileSync(join(home, 'logs', 'gantry.log'), '{"level":30,"time":1,"msg":"password=hunter2"}\n', {
      flag: 'a',
    });
    const report = await client.diagnostics.report();
    expect(report.files.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['versions.txt', 'checks.txt', 'engine.json', 'settings.json', 'gantry.log']),
    );
    const texts = report.files.map(({ text }) => text).join('');
    expect(texts).not.toContain('hunter2');
    expect(texts).not.toContain('registry.secret.example');
    const { path } = await client.diagnostics.saveReport({
      id: report.id,
      files: ['checks.txt', 'gantry.log'],
      folder: home,
    });
    const archive = gunzipSync(readFileSync(path)).toString();
    for (const { name, text } of report.files) {
      expect(archive.includes(text)).toBe(['checks.txt', 'gantry.log'].includes(name));
    }
    await expect(
      client.diagnostics.saveReport({ id: report.id, files: ['checks.txt'], folder: '/nowhere/at/all' }),
    ).rejects.toMatchObject({ data: { code: 'report-folder' } });
  });

  test('the log is read to its end and followed', async () => {
    const over = new AbortController();
    const texts: string[] = [];
    for await (const batch of await client.diagnostics.log(
      { source: 'gantry', lines: 5 },
      { signal: over.signal },
    )) {
      texts.push(...batch.map(({ text }) => text));
      if (texts.includes('a new line')) break;
      writeFileSync(join(home, 'logs', 'gantry.log'), '{"level":40,"time":2,"msg":"a new line"}\n', {
        flag: 'a',
      });
    }
    over.abort();
    expect(texts.length).toBeLessThanOrEqual(7);
  });

  test('without an engine, what asks it is not looked at', async () => {
    await engine.kill();
    await expect
      .poll(async () => (await diagnose()).get('engine')?.result, { timeout: 30_000 })
      .toBe('failed');
    expect((await diagnose()).get('clock')?.result).toBe('skipped');
  });
});
