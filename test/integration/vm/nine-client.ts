import { once } from 'node:events';
import { createConnection, createServer, type Socket } from 'node:net';
import { serveNineP } from '#vm/nine/server';

/** By this name the client mounts its folder. */
export const shareName = 'share-0';

/** Values as they go over the wire, written down by hand: the server's own writer would hide its own mistakes. */
export const u8 = (value: number) => Buffer.from([value]);
export const u16 = (value: number) => Buffer.from([value & 255, value >> 8]);
export const u32 = (value: number) => Buffer.from([0, 8, 16, 24].map((shift) => (value >>> shift) & 255));
export const u64 = (value: number | bigint) => {
  const whole = BigInt.asUintN(64, BigInt(value));
  return Buffer.concat([u32(Number(whole & 0xffffffffn)), u32(Number(whole >> 32n))]);
};
export const text = (value: string | Buffer) => {
  const bytes = Buffer.from(value as string);
  return Buffer.concat([u16(bytes.length), bytes]);
};

export function frame(type: number, tag: number, ...fields: Buffer[]): Buffer {
  const body = Buffer.concat(fields);
  return Buffer.concat([u32(7 + body.length), u8(type), u16(tag), body]);
}

/** What an answer says after its header, or Linux's number of an error. */
export type Answer = { type: number; body: Buffer };

/** An answer that says no. */
export class Errno extends Error {
  constructor(readonly number: number) {
    super(`errno ${number}`);
  }
}

export const nine = { noFid: 0xffffffff, noTag: 0xffff, root: 0 };

/** One stream to a server of its own, as the guest's kernel would use it. */
export class NineClient {
  readonly answers: { tag: number; type: number }[] = [];
  /** How the server ended. */
  readonly served: Promise<unknown>;
  readonly #waiting = new Map<number, (answer: Answer | Error) => void>();
  #received: Buffer = Buffer.alloc(0);
  #nextTag = 1;
  #nextFid = 1;

  private constructor(
    readonly socket: Socket,
    served: Promise<void>,
  ) {
    this.served = served.then(
      () => null,
      (error: unknown) => error,
    );
    socket.on('data', (bytes: Buffer) => this.#take(bytes)).on('error', () => {});
    socket.on('close', () => {
      for (const answer of this.#waiting.values()) answer(new Error('The server has closed the stream.'));
    });
  }

  /** A client that has said nothing yet. */
  static async connect(folder: string, writable = true, signal = new AbortController().signal) {
    const listener = createServer({ noDelay: true }).listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const address = listener.address();
    if (address === null || typeof address === 'string') throw new Error('The listener has no port.');
    const socket = createConnection({ port: address.port, host: '127.0.0.1', noDelay: true });
    const [stream] = await once(listener, 'connection');
    listener.close();
    const share = (name: string) => (name === shareName ? { path: folder, writable } : null);
    return new NineClient(socket, serveNineP({ stream, share, signal }));
  }

  /** A client that has the folder under `nine.root`. */
  static async attached(folder: string, writable = true, msize = 131_072) {
    const client = await NineClient.connect(folder, writable);
    await client.ask(100, [u32(msize), text('9P2000.L')], nine.noTag);
    await client.ask(104, [u32(nine.root), u32(nine.noFid), text('root'), text(shareName), u32(nine.noFid)]);
    return client;
  }

  /** Sends a request; gives the answer's body, or throws `Errno`. */
  async ask(type: number, fields: Buffer[], tag = this.#nextTag++): Promise<Buffer> {
    const answer = await new Promise<Answer | Error>((resolve) => {
      this.#waiting.set(tag, resolve);
      this.socket.write(frame(type, tag, ...fields));
    });
    if (answer instanceof Error) throw answer;
    if (answer.type === 7) throw new Errno(answer.body.readUInt32LE());
    if (answer.type !== type + 1) throw new Error(`${type} was answered with ${answer.type}`);
    return answer.body;
  }

  async end(): Promise<void> {
    this.socket.destroy();
    await this.served;
  }

  async walk(path: string, from = nine.root): Promise<number> {
    const fid = this.#nextFid++;
    const names = path ? path.split('/') : [];
    const body = await this.ask(110, [u32(from), u32(fid), u16(names.length), ...names.map(text)]);
    if (body.readUInt16LE() < names.length) throw new Errno(2);
    return fid;
  }

  async open(path: string, flags = 0): Promise<number> {
    const fid = await this.walk(path);
    await this.ask(12, [u32(fid), u32(flags)]);
    return fid;
  }

  async create(name: string, flags = 0o102, mode = 0o644, folder = ''): Promise<number> {
    const fid = await this.walk(folder);
    await this.ask(14, [u32(fid), text(name), u32(flags), u32(mode), u32(0)]);
    return fid;
  }

  async read(fid: number, offset = 0, count = 65_536): Promise<string> {
    const body = await this.ask(116, [u32(fid), u64(offset), u32(count)]);
    return body.subarray(4, 4 + body.readUInt32LE()).toString();
  }

  async write(fid: number, content: string | Buffer, offset = 0): Promise<number> {
    const bytes = Buffer.from(content as string);
    return (await this.ask(118, [u32(fid), u64(offset), u32(bytes.length), bytes])).readUInt32LE();
  }

  async clunk(fid: number): Promise<void> {
    await this.ask(120, [u32(fid)]);
  }

  async mode(fid: number): Promise<number> {
    return (await this.ask(24, [u32(fid), u64(0x7ff)])).readUInt32LE(21);
  }

  async renameAt(from: string, to: string, folder = nine.root): Promise<void> {
    await this.ask(74, [u32(folder), text(from), u32(folder), text(to)]);
  }

  async symlink(name: string, target: string, folder = nine.root): Promise<void> {
    await this.ask(16, [u32(folder), text(name), text(target), u32(0)]);
  }

  /** The names that one Treaddir gives, and where the next begins. */
  async list(fid: number, offset = 0n, count = 65_536): Promise<{ names: string[]; next: bigint }> {
    const body = await this.ask(40, [u32(fid), u64(offset), u32(count)]);
    const names: string[] = [];
    let next = offset;
    for (let at = 4; at < 4 + body.readUInt32LE(); ) {
      const length = body.readUInt16LE(at + 22);
      next = body.readBigUInt64LE(at + 13);
      names.push(body.subarray(at + 24, at + 24 + length).toString());
      at += 24 + length;
    }
    return { names, next };
  }

  #take(bytes: Buffer): void {
    this.#received = Buffer.concat([this.#received, bytes]);
    while (this.#received.length >= 7 && this.#received.length >= this.#received.readUInt32LE()) {
      const size = this.#received.readUInt32LE();
      const [type, tag] = [this.#received.readUInt8(4), this.#received.readUInt16LE(5)];
      const body = Buffer.from(this.#received.subarray(7, size));
      this.#received = this.#received.subarray(size);
      this.answers.push({ tag, type });
      const waiting = this.#waiting.get(tag);
      this.#waiting.delete(tag);
      waiting?.({ type, body });
    }
  }
}
