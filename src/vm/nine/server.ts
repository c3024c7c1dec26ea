import type { Duplex } from 'node:stream';
import { Identities } from './attributes';
import { errnoOf, Refusal } from './errno';
import { Fids } from './fids';
import { FrameReader } from './frames';
import { refused, type Session } from './operation';
import { operations, type } from './operations';
import { Tree } from './tree';
import { BadFrame, WireReader, WireWriter } from './wire';

const version = '9P2000.L';

/** Bytes of a frame before the client and this server have agreed upon a size, and the least that they can agree upon. */
const smallestFrame = 4096;
const largestFrame = 512 * 1024;

/** So many requests run at once; the others wait in the stream, and the guest with them. */
const mostRequests = 64;

export interface NineP {
  /** Nobody else reads or writes it; it is destroyed with the session. */
  stream: Duplex;
  /** The folder of this name, which the client mounts; its path is absolute. Null where there is none. */
  share(name: string): { path: string; writable: boolean } | null;
  /** Ends the session. */
  signal: AbortSignal;
}

/**
 * Serves a folder by 9P2000.L to one client, the guest's kernel, until the stream ends, however it does. Every file is
 * closed then.
 * @throws Error if the client sends what is no request
 */
export async function serveNineP({ stream, share, signal }: NineP): Promise<void> {
  const cut = () => void stream.destroy();
  signal.addEventListener('abort', cut, { once: true });
  try {
    if (signal.aborted) return;
    await new Server(stream, share).run();
  } finally {
    signal.removeEventListener('abort', cut);
    stream.destroy();
  }
}

class Server {
  readonly #reader = new FrameReader(smallestFrame);
  readonly #fids = new Fids();
  readonly #identities = new Identities();
  /** By their tags: resolved when they are answered. */
  readonly #running = new Map<number, Promise<void>>();
  /** Agreed upon; null before. */
  #msize: number | null = null;
  /** From the mount on. */
  #session: Session | null = null;
  #failure: unknown = null;

  constructor(
    private readonly stream: Duplex,
    private readonly share: NineP['share'],
  ) {}

  async run(): Promise<void> {
    // A stream that breaks is one that ends: `for await` and `#sent` hear of it.
    this.stream.on('error', () => {});
    try {
      await this.#read();
    } finally {
      await Promise.all(this.#running.values());
      await this.#fids.clear();
    }
    if (this.#failure) throw this.#failure;
  }

  async #read(): Promise<void> {
    try {
      for await (const bytes of this.stream) await this.#take(bytes);
    } catch {
      // The stream was cut, here or there: `#failure` has why, if it was something that the client sent.
    }
  }

  async #take(bytes: Buffer): Promise<void> {
    try {
      for (const frame of this.#reader.push(bytes)) {
        await this.#begin(new WireReader(frame));
        await this.#room();
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  async #begin(request: WireReader): Promise<void> {
    const { tag } = request;
    if (request.type === type.tversion) return this.#agree(request);
    if (this.#msize === null) throw new BadFrame('it comes before the version');
    if (this.#running.has(tag))
      throw new BadFrame('its number is that of another one which is not answered yet');
    const answered = request.type === type.tflush ? this.#flush(request) : this.#answer(request, this.#msize);
    this.#running.set(tag, answered);
  }

  /** A new version begins everything anew: what was asked for before is answered, and what was open is closed. */
  async #agree(request: WireReader): Promise<void> {
    const asked = { msize: request.u32(), version: request.text() };
    request.end();
    if (asked.msize < smallestFrame) throw new BadFrame(`frames of ${asked.msize} bytes are too small`);
    await Promise.all(this.#running.values());
    await this.#fids.clear();
    const msize = Math.min(asked.msize, largestFrame);
    const known = asked.version === version;
    this.#session = null;
    this.#msize = known ? msize : null;
    this.#reader.limit = known ? msize : smallestFrame;
    const reply = new WireWriter().u32(msize).text(known ? version : 'unknown');
    this.#send(request, reply, type.tversion + 1);
  }

  /**
   * Nothing that has begun can be taken back, and nothing takes long: it is answered first. So the client knows what
   * has come of it.
   */
  #flush(request: WireReader): Promise<void> {
    const old = request.u16();
    request.end();
    const answered = this.#running.get(old) ?? Promise.resolve();
    return answered.then(() => this.#send(request, new WireWriter()));
  }

  /** Who asks makes no difference. A mount names its folder; a later one of the same connection has the same one. */
  async #attach(request: WireReader, msize: number): Promise<WireWriter> {
    const fid = request.u32();
    // Of an authentication that this server does not ask for, and of the user's name.
    request.u32();
    request.text();
    const wanted = this.share(request.text());
    request.u32();
    request.end();
    if (!wanted) throw new Refusal('ENOENT');
    this.#session ??= {
      tree: await Tree.open(wanted.path),
      writable: wanted.writable,
      fids: this.#fids,
      identities: this.#identities,
      msize,
    };
    const stats = await this.#session.tree.look('');
    this.#fids.add(fid, '');
    return new WireWriter().qid(this.#identities.qid(stats));
  }

  #act(request: WireReader, msize: number): Promise<WireWriter> {
    if (request.type === type.tattach) return this.#attach(request, msize);
    const act = operations.get(request.type) ?? refused('EOPNOTSUPP');
    return this.#session ? act(this.#session, request) : Promise.reject(new Refusal('EOPNOTSUPP'));
  }

  async #answer(request: WireReader, msize: number): Promise<void> {
    try {
      this.#send(request, await this.#act(request, msize));
    } catch (error) {
      if (error instanceof BadFrame) this.#fail(error);
      else this.#send(request, new WireWriter().u32(errnoOf(error)), type.rlerror);
    }
  }

  #send(request: WireReader, reply: WireWriter, replyType = request.type + 1): void {
    // The client may use the number again as soon as it has the answer.
    this.#running.delete(request.tag);
    if (this.stream.writable) this.stream.write(reply.finish(replyType, request.tag));
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    this.stream.destroy();
  }

  /** Waits until one more request can be taken, and the client takes answers. */
  async #room(): Promise<void> {
    while (this.#running.size >= mostRequests) await Promise.race(this.#running.values());
    if (this.stream.writableNeedDrain) await drained(this.stream);
  }
}

/** Resolves when the stream takes more, or never will. */
function drained(stream: Duplex): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stream.off('drain', done).off('close', done);
      resolve();
    };
    stream.on('drain', done).on('close', done);
    if (stream.destroyed) done();
  });
}
