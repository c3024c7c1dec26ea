import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createBackend } from '#backend/index';
import type { CheckId, Client, Finding } from '#contract';
import { startEngine, type TestEngine } from '../../harness/engine';
import { fixtureImage, loadImage } from '../../harness/images';
import { run } from '../../harness/run';
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

  test('a network that a VPN clashes with is found, and its button deletes it', async () => {
    await engine.cli(['network', 'create', 'clash']);
    const format = '{{range .IPAM.Config}}{{.Subnet}}{{end}}';
    const subnet = await engine.cli(['network', 'inspect', '--format', format, 'clash']);
    const vpn = `gvpn${randomBytes(4).toString('hex')}`;
    await run('ip', ['link', 'add', vpn, 'type', 'bridge']);
    try {
      await run('ip', ['addr', 'add', subnet.replace(/\.0\/\d+$/, '.77/25'), 'dev', vpn]);
      await run('ip', ['link', 'set', vpn, 'up']);
      const clash = async () => (await diagnose()).get('subnets');
      await expect.poll(async () => (await clash())?.result, { timeout: 20_000 }).toBe('warning');
      const found = await clash();
      expect(found?.fact).toBe(`The network clash has the addresses of ${vpn}`);
      const fix = z.object({
        procedure: z.literal('networks.remove'),
        input: z.object({ ids: z.array(z.string()).min(1) }),
      });
      await client.networks.remove(fix.parse(found?.fix).input);
      expect((await clash())?.result).toBe('ok');
    } finally {
      await run('ip', ['link', 'delete', vpn]);
    }
  });

  test('a socket that nobody listens on is found and removed, one that is listened on stays', async () => {
    const sockets = join(home, 'run');
    mkdirSync(sockets, { recursive: true });
    const living = createServer().listen(join(sockets, 'fs-1.sock'));
    await once(living, 'listening');
    // What a killed program leaves: a file that is bound to nothing.
    writeFileSync(join(sockets, 'docker.sock'), '');
    try {
      const found = (await diagnose()).get('leftovers');
      expect(found).toMatchObject({ result: 'warning', explanation: expect.stringContaining('docker.sock') });
      expect(found?.explanation).not.toContain('fs-1.sock');
      await client.diagnostics.fix({ repair: 'leftovers' });
      expect(existsSync(join(sockets, 'docker.sock'))).toBe(false);
      expect(existsSync(join(sockets, 'fs-1.sock'))).toBe(true);
      expect((await diagnose()).get('leftovers')?.result).toBe('ok');
    } finally {
      living.close();
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

  test('an engine that has ended is found, with the button that tries again', async () => {
    await engine.kill();
    await expect
      .poll(async () => (await diagnose()).get('engine')?.result, { timeout: 30_000 })
      .toBe('failed');
    const found = await diagnose();
    expect(found.get('engine')?.fix).toMatchObject({ kind: 'call', procedure: 'engine.reconnect' });
    expect(found.get('clock')?.result).toBe('skipped');
  });
});
