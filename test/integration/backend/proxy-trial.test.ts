import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tryProxy } from '#backend/proxy-trial/trial';
import type { TrialOptions } from '#backend/proxy-trial/way';
import type { ProxyTrial, VmSettings } from '#contract';
import { freePort } from '../../harness/free-port';
import { startNameServer } from '../../harness/name-server';
import { startProxy, startSocksProxy, whyNoProxy, whyNoSocksProxy } from '../../harness/proxy';
import { run } from '../../harness/run';

/** Linux takes it for this computer, and the engine's rules do not take it for one that is reached directly. */
const HERE = '0.0.0.0';
/** By which the VM's engine reaches this computer. */
const HOST = 'host.docker.internal';
/** tinyproxy knows no other signs in one. */
const SECRET = 'p-ss_w0rd';

const missing = whyNoProxy();
const noSocks = whyNoSocksProxy();

const portOf = (server: Server) => (server.address() as AddressInfo).port;

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return portOf(server);
}

/** Carries each connection to a port of this computer. */
function carry(client: Socket, port: number): void {
  const upstream = connect(port, '127.0.0.1');
  client.on('error', () => upstream.destroy());
  upstream.on('error', () => client.destroy());
  client.pipe(upstream).pipe(client);
}

describe.skipIf(missing)(`a proxy on trial${missing ? ` (not run: ${missing})` : ''}`, () => {
  let folder: string;
  let certificate: string;
  let tls: { key: Buffer; cert: Buffer };
  let registry: Server;
  let registryPort: number;
  let asked: string[];
  const servers: Server[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gantry-proxy-'));
    const key = join(folder, 'key.pem');
    certificate = join(folder, 'certificate.pem');
    await run('openssl', [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=An authority'],
      ...['-addext', `subjectAltName=IP:${HERE},DNS:${HOST}`, '-keyout', key, '-out', certificate],
    ]);
    tls = { key: await readFile(key), cert: await readFile(certificate) };
    registry = createHttpsServer(tls, (request, answer) => {
      asked.push(`${request.method} ${request.url} ${request.headers['user-agent']}`);
      answer.writeHead(request.url === '/v2/' ? 401 : 418).end();
    });
    registryPort = await listen(registry);
    servers.push(registry);
    asked = [];
  });
  afterAll(async () => {
    for (const server of servers) server.close();
    await rm(folder, { recursive: true });
  });

  const at = (port: number, credentials = '') => `http://${credentials}${HOST}:${port}`;

  function tryIt(
    proxy: Partial<VmSettings['proxy']>,
    more: Partial<TrialOptions> & { certificates?: string[]; dns?: string[]; port?: number } = {},
  ): Promise<ProxyTrial> {
    const { certificates = [certificate], dns = null, port = registryPort, ...options } = more;
    return tryProxy({
      draft: { proxy: { mode: 'manual', http: '', https: '', except: '', ...proxy }, dns, certificates },
      kept: { hostAccess: true, engineConfig: '' },
      registry: { name: 'The registry', url: new URL(`https://${HERE}:${port}/v2/`) },
      env: {},
      userAgent: 'Gantry/test',
      signal: new AbortController().signal,
      ...options,
    });
  }

  const names = ({ steps }: ProxyTrial) => steps.map(({ name }) => name);
  const last = ({ steps }: ProxyTrial) => steps.at(-1);

  it('leads to the registry, step by step', async () => {
    await using proxy = await startProxy({ to: registryPort });
    asked = [];
    const trial = await tryIt({ https: at(proxy.port) });
    expect(trial).toMatchObject({ problem: null, notes: [], through: at(proxy.port) });
    expect(trial.steps.map(({ name, result, fact }) => [name, result, fact])).toEqual([
      ['address', 'ok', at(proxy.port)],
      ['name', 'ok', `${HOST} is this computer`],
      ['connection', 'ok', `port ${proxy.port} accepts it`],
      ['tunnel', 'ok', `opens a way to ${HERE}:${registryPort}`],
      ['encryption', 'ok', 'certificate signed by “An authority”'],
      ['registry', 'ok', 'answers with 401'],
    ]);
    expect(asked).toEqual(['GET /v2/ Gantry/test']);
    expect(proxy.said.join('\n')).toContain(`CONNECT ${HERE}:${registryPort}`);
  });

  it('wants a user name and a password, which nobody gets to see', async () => {
    await using proxy = await startProxy({
      to: registryPort,
      credentials: { name: 'ada', password: SECRET },
    });
    const nobody = await tryIt({ https: at(proxy.port) });
    expect(last(nobody)).toMatchObject({ name: 'tunnel', result: 'failed' });
    expect(nobody.problem).toMatchObject({
      code: 'proxy-sign-in',
      title: 'The proxy wants a user name and a password',
    });
    const wrong = await tryIt({ https: at(proxy.port, 'ada:another@') });
    expect(wrong.problem?.code).toBe('proxy-sign-in-wrong');
    const right = await tryIt({ https: at(proxy.port, `ada:${SECRET.replace('-', '%2D')}@`) });
    expect(right).toMatchObject({ problem: null, through: at(proxy.port) });
    expect(right.steps[0]?.fact).toBe(`${at(proxy.port)}, with a sign-in`);
    expect(JSON.stringify([wrong, right])).not.toMatch(/another|ada|p-ss|p%2Dss/);
  });

  it('says that the proxy does not open a way to the registry', async () => {
    await using proxy = await startProxy({ to: registryPort + 1 });
    const trial = await tryIt({ https: at(proxy.port) });
    expect(trial.problem).toMatchObject({
      code: 'proxy-refused',
      title: `The proxy does not let the engine go to ${HERE}:${registryPort}`,
      detail: expect.stringMatching(/^HTTP\/1\.\d 403 /),
    });
  });

  it('says that the proxy finds no registry', async () => {
    const nothing = await freePort();
    await using proxy = await startProxy({ to: nothing });
    const { problem } = await tryIt({ https: at(proxy.port) }, { port: nothing });
    expect(problem).toMatchObject({
      code: 'proxy-refused',
      title: `The proxy cannot reach ${HERE}:${nothing}`,
    });
  });

  it('names who signed a certificate that the engine would not trust', async () => {
    await using proxy = await startProxy({ to: registryPort });
    asked = [];
    const trial = await tryIt({ https: at(proxy.port) }, { certificates: [] });
    expect(last(trial)).toMatchObject({ name: 'encryption', result: 'failed' });
    expect(trial.problem).toMatchObject({
      code: 'proxy-certificate',
      explanation: expect.stringContaining('signed by “An authority”'),
    });
    expect(asked).toEqual([]);
  });

  it('goes through a proxy that is greeted over TLS', async () => {
    await using proxy = await startProxy({ to: registryPort });
    const front = createTlsServer(tls, (client) => carry(client, proxy.port));
    servers.push(front);
    const address = `https://${HOST}:${await listen(front)}`;
    const trial = await tryIt({ https: address });
    expect(trial).toMatchObject({ problem: null, through: address });
    expect(names(trial)).toContain('proxy-encryption');
    // It waits for the end of the first line, which TLS does not have.
    const plain = await tryIt({ https: `https://${HOST}:${proxy.port}` }, { limitMs: 500 });
    expect(last(plain)).toMatchObject({ name: 'proxy-encryption', result: 'failed' });
    expect(plain.problem?.code).toBe('proxy-too-slow');
  });

  it('goes directly where no proxy counts, and says why', async () => {
    const port = await freePort();
    const direct = ['connection', 'encryption', 'registry'];
    for (const [proxy, why] of [
      [{ mode: 'none' as const, https: at(port) }, 'No proxy is set'],
      [{ https: at(port), except: `localhost, ${HERE}` }, `${HERE} is among the exceptions`],
      [{ http: at(port) }, 'Only HTTP has a proxy, and The registry is asked over HTTPS'],
      [{ mode: 'system' as const }, 'The variable HTTPS_PROXY was not set where Gantry was started'],
    ] as const) {
      const trial = await tryIt(proxy);
      expect(trial).toMatchObject({ through: null, problem: null });
      expect(trial.notes).toEqual([`${why}, so the engine reaches The registry directly.`]);
      expect(names(trial)).toEqual(direct);
    }
  });

  it("takes this computer's variables as the engine gets them", async () => {
    await using proxy = await startProxy({ to: registryPort });
    const env = { https_proxy: at(proxy.port), HTTP_PROXY: 'http://elsewhere.example:1' };
    const trial = await tryIt({ mode: 'system' }, { env });
    expect(trial).toMatchObject({ through: at(proxy.port), problem: null });
    expect(trial.notes).toEqual([expect.stringContaining('The proxy for HTTP')]);
    const excluded = await tryIt({ mode: 'system' }, { env: { ...env, NO_PROXY: HERE } });
    expect(excluded).toMatchObject({ through: null, problem: null });
    const broken = await tryIt({ mode: 'system' }, { env: { HTTPS_PROXY: 'http://ada:a#b@proxy:3128' } });
    expect(broken.problem).toMatchObject({
      code: 'proxy-unreadable',
      explanation: expect.stringContaining('The variable HTTPS_PROXY'),
    });
    const loop = await tryIt({ mode: 'system' }, { env: { HTTPS_PROXY: 'http://127.0.0.1:3128' } });
    expect(loop.problem).toMatchObject({ code: 'proxy-in-the-vm', actions: [] });
  });

  it('says that daemon.json takes the place of the proxy', async () => {
    const engineConfig = '{ "proxies": { "https-proxy": "http://other.example:1" } }';
    const trial = await tryIt({ mode: 'none' }, { kept: { hostAccess: true, engineConfig } });
    expect(trial.notes).toContainEqual(expect.stringContaining('daemon.json under Engine names proxies'));
  });

  it('knows where the VM would look for a proxy of this computer', async () => {
    await using proxy = await startProxy({ to: registryPort });
    for (const host of ['127.0.0.1', 'localhost']) {
      const { problem, steps } = await tryIt({ https: `http://${host}:${proxy.port}` });
      expect(problem).toMatchObject({ code: 'proxy-in-the-vm', actions: [{ value: HOST }] });
      expect(steps.at(-1)).toMatchObject({ name: 'name', result: 'failed' });
    }
    const closed = await tryIt({ https: at(proxy.port) }, { kept: { hostAccess: false, engineConfig: '' } });
    expect(closed.problem).toMatchObject({ code: 'proxy-host-access', actions: [{ field: 'hostAccess' }] });
    const ipv6 = await tryIt({ https: 'http://[fd00::1]:3128' });
    expect(ipv6.problem?.code).toBe('proxy-ipv6');
  });

  it('says that nothing listens', async () => {
    const trial = await tryIt({ https: at(await freePort()) });
    expect(last(trial)).toMatchObject({ name: 'connection', result: 'failed' });
    expect(trial.problem).toMatchObject({ code: 'proxy-connection', detail: 'ECONNREFUSED' });
  });

  it('asks the name servers of the settings, and says when they know no such name', async (test) => {
    if (process.getuid?.() !== 0) return test.skip('a name server needs root');
    const address = '127.0.0.171';
    const https = 'http://nowhere.example:3128';
    {
      await using _ = await startNameServer(address, null);
      const trial = await tryIt({ https }, { dns: [address] });
      expect(last(trial)).toMatchObject({ name: 'name', result: 'failed' });
      expect(trial.problem).toMatchObject({
        code: 'proxy-name',
        title: 'No name server knows nowhere.example',
      });
    }
    await using _ = await startNameServer(address, '127.0.0.1');
    expect((await tryIt({ https }, { dns: [address] })).problem?.code).toBe('proxy-in-the-vm');
  });

  it('waits for nobody longer than its limit, and leaves when it is told to', async () => {
    const clients = new Set<Socket>();
    const silent = createServer((client) => clients.add(client.on('error', () => undefined)));
    servers.push(silent);
    const https = at(await listen(silent));
    const trial = await tryIt({ https }, { limitMs: 300 });
    expect(last(trial)).toMatchObject({ name: 'tunnel', result: 'failed' });
    expect(trial.problem).toMatchObject({ code: 'proxy-too-slow', title: 'The proxy did not answer' });

    clients.clear();
    const owner = new AbortController();
    const left = tryIt({ https }, { signal: owner.signal });
    await expect.poll(() => clients.size).toBe(1);
    const [client] = clients;
    const closed = client && once(client.resume(), 'close');
    owner.abort();
    await expect(left).rejects.toMatchObject({ name: 'AbortError' });
    await closed;
  });

  it('says that what answers is no proxy, or breaks off', async () => {
    const garbage = createServer((client) => {
      client.on('error', () => undefined);
      client.write('SSH-2.0-OpenSSH_9.6\r\n');
    });
    const rude = createServer((client) => {
      client.on('error', () => undefined);
      client.once('data', () => client.destroy());
    });
    servers.push(garbage, rude);
    const noProxy = await tryIt({ https: at(await listen(garbage)) });
    const noTls = await tryIt({ https: at(portOf(garbage)).replace('http:', 'https:') });
    expect(noTls.problem).toMatchObject({ code: 'proxy-encryption', detail: expect.stringMatching(/SSL/) });
    expect(noProxy.problem).toMatchObject({ code: 'proxy-garbled', detail: expect.stringMatching(/^HPE_/) });
    const broken = await tryIt({ https: at(await listen(rude)) });
    expect(broken.problem?.code).toBe('proxy-broken-off');
    // The registry's own port speaks TLS alone.
    const encrypted = await tryIt({ https: at(registryPort) });
    expect(encrypted.problem).toMatchObject({
      code: 'proxy-broken-off',
      explanation: expect.stringContaining('an address with https://'),
    });
  });

  describe.skipIf(noSocks)(`of the kind SOCKS${noSocks ? ` (not run: ${noSocks})` : ''}`, () => {
    const socks = (port: number, credentials = '') =>
      ({ mode: 'system', env: { HTTPS_PROXY: `socks5://${credentials}${HOST}:${port}` } }) as const;
    const trySocks = ({ mode, env }: ReturnType<typeof socks>, more = {}) =>
      tryIt({ mode }, { env, ...more });

    it('leads to the registry', async () => {
      await using proxy = await startSocksProxy();
      asked = [];
      const trial = await trySocks(socks(proxy.port));
      expect(trial).toMatchObject({ problem: null, through: `socks5://${HOST}:${proxy.port}` });
      expect(names(trial)).toEqual(['address', 'name', 'connection', 'tunnel', 'encryption', 'registry']);
      expect(asked).toEqual(['GET /v2/ Gantry/test']);
      expect(proxy.said.join('\n')).toContain(`connected to ${HERE}:${registryPort}`);
      // The proxy is given the name, as by Go: it may know names that this computer does not.
      const at = (port: number) => ({
        registry: { name: 'The registry', url: new URL(`https://localhost:${port}/v2/`) },
      });
      expect((await trySocks(socks(proxy.port), at(registryPort))).problem?.code).toBe('proxy-certificate');
      expect(proxy.said.join('\n')).toContain(`connected to localhost:${registryPort}`);
      const nothing = await freePort();
      expect((await trySocks(socks(proxy.port), at(nothing))).problem).toMatchObject({
        code: 'proxy-refused',
        title: `The proxy cannot reach localhost:${nothing}`,
        detail: 'ConnectionRefused',
      });
    });

    it('wants a user name and a password, which nobody gets to see', async () => {
      await using proxy = await startSocksProxy({ name: 'ada', password: SECRET });
      const nobody = await trySocks(socks(proxy.port));
      expect(nobody.problem).toMatchObject({
        code: 'proxy-sign-in',
        explanation: expect.stringContaining('socks5://name:password@'),
      });
      const wrong = await trySocks(socks(proxy.port, 'ada:another@'));
      expect(wrong.problem?.code).toBe('proxy-sign-in-wrong');
      const right = await trySocks(socks(proxy.port, `ada:${SECRET.replace('-', '%2D')}@`));
      expect(right.problem).toBeNull();
      expect(JSON.stringify([wrong, right])).not.toMatch(/another|ada|p-ss|p%2Dss/);
    });
  });

  it('says when no SOCKS proxy answers, or another kind is meant', async () => {
    const odd = createServer((client) => client.on('error', () => undefined).end('HTTP/1.1 400 Bad Request'));
    const silent = createServer((client) => client.on('error', () => undefined).resume());
    servers.push(odd, silent);
    const at = async (server: Server) => ({ HTTPS_PROXY: `socks5h://${HOST}:${await listen(server)}` });
    const other = await tryIt({ mode: 'system' }, { env: await at(odd) });
    expect(other.problem).toMatchObject({
      code: 'proxy-garbled',
      title: expect.stringContaining('no SOCKS proxy'),
    });
    const late = await tryIt({ mode: 'system' }, { env: await at(silent), limitMs: 300 });
    expect(late.problem?.code).toBe('proxy-too-slow');
    const unknown = await tryIt({ mode: 'system' }, { env: { HTTPS_PROXY: 'ftp://proxy.example' } });
    expect(unknown.problem?.code).toBe('proxy-kind');
  });

  it('says that the registry gave a strange answer', async () => {
    await using proxy = await startProxy({ to: registryPort });
    const trial = await tryIt(
      { https: at(proxy.port) },
      { registry: { name: 'The registry', url: new URL(`https://${HERE}:${registryPort}/else`) } },
    );
    expect(trial.problem).toMatchObject({
      code: 'proxy-registry',
      explanation: expect.stringContaining('418'),
    });
  });
});
