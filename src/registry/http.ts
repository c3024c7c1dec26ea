import { isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { z } from 'zod';
import { ProblemError } from '#contract/problem';
import { timeLimit } from '#contract/time-limit';
import {
  answered,
  notUnderstood,
  plainHttpRefused,
  slowDown,
  tooSlow,
  unreachable,
  untrustedCertificate,
} from './problems';
import { plainLine, plainText } from './text';

const timeLimitMs = 15_000;
const maxRedirects = 5;
const defaultMaxBytes = 4 * 1024 * 1024;
/** How long a host is left alone whose 429 does not say for how long. */
const pauseSeconds = 30;

export interface HttpRequest {
  signal: AbortSignal;
  method?: 'GET' | 'HEAD' | 'POST';
  headers?: Record<string, string>;
  body?: URLSearchParams;
  maxBytes?: number;
}

export interface HttpAnswer {
  status: number;
  headers: Headers;
  body: Buffer;
  /** Of the last address, after redirects. */
  url: URL;
}

export const isLoopback = (hostname: string) =>
  /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname) || hostname.endsWith('.localhost');

/** Node's codes for certificates that nobody trusted vouches for, or that do not fit. */
const certificateCodes =
  /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+|ERR_TLS_CERT_\w+)$/;

function causeOf(error: unknown): { code: string; message: string } {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return { code, message: cause instanceof Error ? cause.message : String(cause) };
}

/** Whether the other side speaks plain HTTP where TLS was tried. */
export const isNotTls = (error: unknown) =>
  error instanceof ProblemError &&
  /ERR_SSL|wrong version number|EPROTO|packet length/i.test(error.problem.detail ?? '');

/** A sentence that names the certificate a host shows. Nothing is sent to the host. */
function describeCertificate(url: URL): Promise<string> {
  return new Promise((resolve) => {
    const hostname = url.hostname.replace(/^\[|\]$/g, '');
    const socket = connectTls({
      host: hostname,
      port: Number(url.port || 443),
      // A host of many names shows the certificate of the one that is asked for; addresses cannot be asked for.
      ...(isIP(hostname) ? {} : { servername: hostname }),
      // Only to read the certificate: the connection ends before a byte of HTTP.
      rejectUnauthorized: false,
      timeout: 5_000,
    });
    const end = (text: string) => {
      socket.destroy();
      resolve(text);
    };
    socket.once('secureConnect', () => {
      const { subject, issuer, fingerprint256 } = socket.getPeerCertificate();
      const made = issuer?.CN === subject?.CN ? 'by itself' : `by “${plainLine(String(issuer?.CN))}”`;
      end(
        `It shows a certificate for “${plainLine(String(subject?.CN))}”, signed ${made} (SHA-256 ${fingerprint256}).`,
      );
    });
    socket.once('timeout', () => end('Its certificate could not be read.'));
    socket.once('error', () => end('Its certificate could not be read.'));
  });
}

async function readBody(response: Response, maxBytes: number, host: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop cancels the rest.
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw notUnderstood(host, `The answer is larger than ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Null when the host does not say it, or not so that it can be understood. */
function retryAfterSeconds(header: string | null): number | null {
  if (header === null) return null;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(1, Math.ceil(seconds)) : null;
}

/** When a host may be asked again, and whether it named that time itself. */
interface Pause {
  until: number;
  told: boolean;
}

/** Asks registries, with what a good client of a public service keeps to. */
export class Http {
  /** By host: when it may be asked again after a 429. */
  readonly #pauses = new Map<string, Pause>();

  constructor(private readonly version: string) {}

  /**
   * Follows redirects itself, since credentials must not travel to another host with them. Any status but 429 is an
   * answer; what cannot be asked is a ProblemError, and an abort by the caller stays an abort.
   */
  async ask(address: URL, request: HttpRequest): Promise<HttpAnswer> {
    let url = address;
    let headers = request.headers ?? {};
    const signal = timeLimit(timeLimitMs, request.signal);
    for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
      const answer = await this.#once(url, { ...request, headers, signal }, request.signal);
      const location = answer.headers.get('location');
      if (![301, 302, 303, 307, 308].includes(answer.status) || location === null) return answer;
      const target = new URL(location, url);
      if (isLoopback(target.hostname) && !isLoopback(url.hostname)) {
        throw notUnderstood(url.host, 'It redirects to this computer.');
      }
      if (target.origin !== url.origin) {
        headers = Object.fromEntries(
          Object.entries(headers).filter(
            ([name]) => !['authorization', 'cookie'].includes(name.toLowerCase()),
          ),
        );
      }
      if (request.body) throw notUnderstood(url.host, 'It sent a sign-in on to another address.');
      url = target;
    }
    throw notUnderstood(address.host, 'It redirects without an end.');
  }

  /** Asks for JSON of a known shape. @throws ProblemError for any status but 200. */
  async json<S extends z.ZodType>(url: URL, shape: S, request: HttpRequest): Promise<z.infer<S>> {
    const answer = await this.ask(url, {
      ...request,
      headers: { accept: 'application/json', ...request.headers },
    });
    if (answer.status !== 200) throw answered(url.host, answer.status, excerpt(answer));
    return readJson(answer, shape);
  }

  async #once(url: URL, request: HttpRequest, caller: AbortSignal): Promise<HttpAnswer> {
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
      throw plainHttpRefused(url.host);
    }
    this.#assertNotPaused(url.host);
    try {
      const response = await fetch(url, {
        method: request.method ?? 'GET',
        headers: { 'user-agent': `Gantry/${this.version}`, ...request.headers },
        redirect: 'manual',
        signal: request.signal,
        ...(request.body ? { body: request.body } : {}),
      });
      const body = await readBody(response, request.maxBytes ?? defaultMaxBytes, url.host);
      if (response.status === 429) this.#pause(url.host, response.headers.get('retry-after'));
      return { status: response.status, headers: response.headers, body, url };
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      caller.throwIfAborted();
      if (request.signal.aborted) throw tooSlow(url.host, timeLimitMs / 1000);
      const { code, message } = causeOf(error);
      const detail = plainText(code && !message.includes(code) ? `${code}: ${message}` : message);
      if (certificateCodes.test(code)) {
        throw untrustedCertificate(url.host, await describeCertificate(url), detail);
      }
      throw unreachable(url.host, detail);
    }
  }

  #assertNotPaused(host: string): void {
    const pause = this.#pauses.get(host);
    if (pause && pause.until > Date.now()) throw slowDown(host, pause);
    this.#pauses.delete(host);
  }

  #pause(host: string, retryAfter: string | null): never {
    const told = retryAfterSeconds(retryAfter);
    const pause = { until: Date.now() + (told ?? pauseSeconds) * 1000, told: told !== null };
    this.#pauses.set(host, pause);
    throw slowDown(host, pause);
  }
}

/** The beginning of what a host said, to be shown with an error. */
export const excerpt = ({ body }: HttpAnswer) => plainText(body.toString('utf8'), 2_000);

export function readJson<S extends z.ZodType>(answer: HttpAnswer, shape: S): z.infer<S> {
  let value: unknown;
  try {
    value = JSON.parse(answer.body.toString('utf8'));
  } catch (error) {
    throw notUnderstood(answer.url.host, `${String(error)}\n${excerpt(answer)}`);
  }
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  throw notUnderstood(
    answer.url.host,
    parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'),
  );
}
