import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

const same = (a: string, b: string) => {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
};

function cookiesOf(request: IncomingMessage): Map<string, string> {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return new Map(pairs.map(([name = '', ...value]) => [name, value.join('=')]));
}

/**
 * Who may talk to the backend: whoever opened the address with its one-time token, which becomes a cookie of that
 * browser. Host and Origin are checked on every request, so that a page from elsewhere can neither rebind a name
 * to this computer nor use the cookie.
 */
export class Admission {
  readonly #session = randomBytes(32).toString('base64url');
  #token: string | null = randomBytes(32).toString('base64url');

  constructor(private readonly port: number) {}

  /** The address to open, once. */
  get address(): string {
    return `http://127.0.0.1:${this.port}/?token=${this.#token ?? ''}`;
  }

  /** Cookies do not tell ports apart, so the port is part of the name. */
  get #cookieName(): string {
    return `gantry-${this.port}`;
  }

  /** The cookie for a right token, which is used up by this; null for any other. */
  redeem(token: string): string | null {
    if (this.#token === null || !same(token, this.#token)) return null;
    this.#token = null;
    return `${this.#cookieName}=${this.#session}; HttpOnly; SameSite=Strict; Path=/`;
  }

  hasCookie(request: IncomingMessage): boolean {
    return same(cookiesOf(request).get(this.#cookieName) ?? '', this.#session);
  }

  /** Whether the request was addressed to this computer by a loopback name. */
  isLocalHost(request: IncomingMessage): boolean {
    const [, name, port] = /^(.+?)(?::(\d+))?$/.exec(request.headers.host ?? '') ?? [];
    return name !== undefined && loopbackNames.has(name) && port === String(this.port);
  }

  /** Whether the page that asks is Gantry's own. A WebSocket always names its origin; a typed address has none. */
  isOwnOrigin(request: IncomingMessage, required: boolean): boolean {
    const { origin, host } = request.headers;
    if (origin === undefined) return !required;
    return origin === `http://${host}`;
  }
}
