import type { IncomingMessage } from 'node:http';
import { isIP, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { ProxyDraft } from '#contract';
import { ProblemError } from '#contract/problem';
import { plainLine } from '#registry/text';
import { codeOf } from '../diagnostics/check';
import { knownKinds, shownProxy } from '../diagnostics/proxy';
import { registryAnswers } from '../docker-hub';
import { credentialsOf } from './go-rules';
import { addressOf, isLoopback } from './names';
import * as problems from './problems';
import { askForStatus, askForTunnel, encrypt, openConnection } from './sockets';
import { openSocksWay, socksPort } from './socks';
import type { Walk } from './walk';

const usualPorts: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

const wrongPort = 'Check the port; a proxy that expects encryption has an address with https://.';

export interface TrialOptions {
  draft: ProxyDraft;
  /** Of the settings: they have a say, too. */
  kept: { hostAccess: boolean; engineConfig: string };
  /** What is asked for. */
  registry: { name: string; url: URL };
  env: NodeJS.ProcessEnv;
  userAgent: string;
  signal: AbortSignal;
  /** For each step; 10 seconds unless it says otherwise. */
  limitMs?: number;
}

/** The steps, and the connections that they open. */
export class Way {
  readonly #open: Socket[] = [];

  constructor(
    private readonly walk: Walk,
    private readonly options: TrialOptions,
    private readonly ca: readonly string[],
  ) {}

  close(): void {
    for (const socket of this.#open) socket.destroy();
  }

  async directly(): Promise<void> {
    const { url } = this.options.registry;
    await this.#askRegistry(await this.#connect(url.hostname, Number(url.port || 443)));
  }

  /** @param proxy null when what is set is no address */
  async through(proxy: URL | null): Promise<void> {
    const { url, credentials } = await this.#readAddress(proxy);
    const socket = await this.#connect(
      url.hostname.replace(/^\[|\]$/g, ''),
      Number(url.port) || (usualPorts[url.protocol] ?? socksPort),
    );
    const talk =
      url.protocol === 'https:' ? await this.#encrypt(socket, 'proxy-encryption', url.hostname) : socket;
    if (url.protocol in usualPorts) await this.#openTunnel(talk, url, credentials);
    else await this.#openSocksWay(talk, url, credentials);
    await this.#askRegistry(talk);
  }

  #readAddress(proxy: URL | null) {
    const unreadable = problems.unreadable(
      this.options.draft.proxy.mode === 'system' ? 'The variable HTTPS_PROXY' : 'The address for HTTPS',
    );
    return this.walk.take({
      name: 'address',
      work: async () => {
        const known = proxy?.hostname ? credentialsOf(proxy) : null;
        if (!proxy || !known) throw new ProblemError(unreadable);
        if (!knownKinds.includes(proxy.protocol)) {
          throw new ProblemError(problems.unknownKind(proxy.protocol.slice(0, -1)));
        }
        return { url: proxy, credentials: known.name || known.password ? known : null };
      },
      fact: ({ url, credentials }) => (credentials ? `${shownProxy(url)}, with a sign-in` : shownProxy(url)),
      failed: () => unreadable,
      late: () => unreadable,
    });
  }

  async #connect(host: string, port: number): Promise<Socket> {
    const { draft, kept } = this.options;
    const rules = {
      dns: draft.dns,
      hostAccess: kept.hostAccess,
      typed: draft.proxy.mode === 'manual',
    };
    const address =
      isIP(host) === 4 && !isLoopback(host)
        ? host
        : await this.walk.take({
            name: 'name',
            work: (signal) => addressOf(host, rules, signal),
            fact: (found) => `${host} is ${isLoopback(found) ? 'this computer' : found}`,
            failed: (error) => problems.nameServersFail(host, codeOf(error)),
            late: (seconds) => problems.tooSlow('No name server answered', seconds),
          });
    const socket = await this.walk.take({
      name: 'connection',
      work: (signal) => openConnection(address, port, signal),
      fact: () => `port ${port} accepts it`,
      failed: (error) => problems.noConnection(`${host}:${port}`, codeOf(error)),
      late: (seconds) => problems.tooSlow(`Nothing answered at ${host}:${port}`, seconds),
    });
    this.#open.push(socket);
    return socket;
  }

  async #encrypt(
    socket: Socket,
    name: 'proxy-encryption' | 'encryption',
    hostname: string,
  ): Promise<TLSSocket> {
    const { secured } = await this.walk.take({
      name,
      work: async (signal) => {
        const made = await encrypt(socket, { hostname, ca: this.ca }, signal);
        const signer = signerOf(made);
        if (made.authorized) return { secured: made, signer };
        made.destroy();
        throw new ProblemError(problems.untrusted(hostname, signer, String(made.authorizationError)));
      },
      fact: ({ signer }) => `certificate signed by “${signer}”`,
      failed: (error) => problems.notEncrypted(hostname, codeOf(error)),
      late: (seconds) => problems.tooSlow(`${hostname} did not answer`, seconds),
    });
    this.#open.push(secured);
    return secured;
  }

  async #openTunnel(
    socket: Socket,
    proxy: URL,
    credentials: ReturnType<typeof credentialsOf>,
  ): Promise<void> {
    const { url } = this.options.registry;
    const authority = `${url.hostname}:${url.port || 443}`;
    await this.walk.take({
      name: 'tunnel',
      work: async (signal) => {
        const answer = await askForTunnel(socket, { authority, credentials }, signal);
        const status = answer.statusCode ?? 0;
        // tinyproxy answers a wrong password with 401.
        if (status === 407 || status === 401) {
          const offered = signInsOf(answer);
          throw new ProblemError(problems.signInWanted(proxy, { tried: credentials !== null, offered }));
        }
        // As Go's client: it takes no other answer for a way.
        if (status !== 200) throw new ProblemError(problems.refused(authority, status, statusLine(answer)));
      },
      fact: () => `opens a way to ${authority}`,
      failed: (error) =>
        codeOf(error).startsWith('HPE_')
          ? problems.noProxy(proxy.host, 'HTTP', codeOf(error))
          : problems.brokenOff(proxy.host, wrongPort, codeOf(error)),
      late: (seconds) => problems.tooSlow('The proxy did not answer', seconds),
    });
  }

  async #openSocksWay(
    socket: Socket,
    proxy: URL,
    credentials: ReturnType<typeof credentialsOf>,
  ): Promise<void> {
    const { hostname, port } = this.options.registry.url;
    const target = { host: hostname, port: Number(port || 443) };
    await this.walk.take({
      name: 'tunnel',
      work: (signal) => openSocksWay(socket, { proxy, credentials, target }, signal),
      fact: () => `opens a way to ${target.host}:${target.port}`,
      failed: (error) => problems.brokenOff(proxy.host, wrongPort, codeOf(error)),
      late: (seconds) => problems.tooSlow('The proxy did not answer', seconds),
    });
  }

  async #askRegistry(socket: Socket): Promise<void> {
    const { registry, userAgent } = this.options;
    const secured = await this.#encrypt(socket, 'encryption', registry.url.hostname);
    await this.walk.take({
      name: 'registry',
      work: async (signal) => {
        const status = await askForStatus(secured, { url: registry.url, userAgent }, signal);
        if (!registryAnswers.includes(status)) {
          throw new ProblemError(problems.strangeAnswer(registry.name, status));
        }
        return status;
      },
      fact: (status) => `answers with ${status}`,
      failed: (error) =>
        problems.brokenOff(
          registry.name,
          'The proxy, or a firewall behind it, may have done that.',
          codeOf(error),
        ),
      late: (seconds) => problems.tooSlow(`${registry.name} did not answer`, seconds),
    });
  }
}

/** Who signed the certificate that the other side shows, as it says. */
function signerOf(socket: TLSSocket): string {
  const { issuer } = socket.getPeerCertificate();
  return plainLine(String(issuer?.CN ?? issuer?.O ?? 'somebody without a name'), 100);
}

const statusLine = ({ httpVersion, statusCode, statusMessage }: IncomingMessage) =>
  plainLine(`HTTP/${httpVersion} ${statusCode} ${statusMessage ?? ''}`, 200);

/** The kinds of sign-in of a Proxy-Authenticate header: `Basic realm="x", NTLM` has two (RFC 9110, 11.6.1). */
export const signInsOf = ({ headers }: Pick<IncomingMessage, 'headers'>): string[] =>
  [...(headers['proxy-authenticate'] ?? '').matchAll(/(?:^|,)\s*([a-z][\w-]*)(?=\s*(?:,|$)|\s+[\w-])/gi)]
    .map(([, kind = '']) => kind)
    .filter((kind) => kind !== '');
