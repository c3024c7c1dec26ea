import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Agent, type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

/** Opens a stream to the engine in the guest. */
export type Dial = () => Duplex;

/** Every request on a connection of its own: streams over the link cost next to nothing. */
class LinkAgent extends Agent {
  constructor(private readonly dial: Dial) {
    super({ keepAlive: false });
  }

  override createConnection(): Duplex {
    return this.dial();
  }
}

const container = z.object({
  Id: z.string(),
  Names: z.array(z.string()).optional(),
  Mounts: z.array(z.object({ Type: z.string(), Source: z.string().optional() })).optional(),
});

/** A running container, as far as the keeper cares. */
export interface RunningContainer {
  id: string;
  name: string;
  /** Folders and files of the host that it has mounted. */
  binds: string[];
}

/**
 * The few calls that the keeper itself makes to the guest's engine. Everything else goes through the door
 * (door.ts), which does not look inside.
 */
export class GuestEngine {
  readonly #agent: LinkAgent;

  constructor(dial: Dial) {
    this.#agent = new LinkAgent(dial);
  }

  /** Resolves when the engine answers. */
  async ping(signal: AbortSignal): Promise<void> {
    const answer = await this.#ask('GET', '/_ping', signal);
    answer.resume();
    if (answer.statusCode !== 200) throw new Error(`/_ping: HTTP ${answer.statusCode}`);
  }

  async running(signal: AbortSignal): Promise<RunningContainer[]> {
    const answer = await this.#ask('GET', '/containers/json', signal);
    const list = z.array(container).parse(JSON.parse(await text(answer)));
    return list.map(({ Id, Names, Mounts }) => ({
      id: Id,
      name: Names?.[0]?.replace(/^\//, '') ?? Id.slice(0, 12),
      binds: (Mounts ?? []).flatMap(({ Type, Source }) => (Type === 'bind' && Source ? [Source] : [])),
    }));
  }

  /** One item for each start and end of a container. Ends with the engine, or when `signal` aborts. */
  async *containerEvents(signal: AbortSignal): AsyncGenerator<void> {
    const filters = encodeURIComponent(
      JSON.stringify({ type: ['container'], event: ['start', 'die', 'pause', 'unpause'] }),
    );
    const answer = await this.#ask('GET', `/events?filters=${filters}`, signal);
    for await (const line of createInterface({ input: answer })) if (line) yield;
  }

  /** `docker load` of a file. */
  async load(file: string, signal: AbortSignal): Promise<void> {
    const { size } = await stat(file);
    const answer = await this.#ask('POST', '/images/load?quiet=1', signal, { file, size });
    const said = await text(answer);
    if (answer.statusCode !== 200 || said.includes('"error"')) throw new Error(`/images/load: ${said}`);
  }

  close(): void {
    this.#agent.destroy();
  }

  #ask(
    method: string,
    path: string,
    signal: AbortSignal,
    body?: { file: string; size: number },
  ): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const headers = body ? { 'Content-Type': 'application/x-tar', 'Content-Length': body.size } : {};
      const asking = request({ method, path, agent: this.#agent, signal, headers, host: 'docker' }, resolve);
      asking.once('error', reject);
      if (body) pipeline(createReadStream(body.file), asking).catch(reject);
      else asking.end();
    });
  }
}

async function text(answer: IncomingMessage): Promise<string> {
  answer.setEncoding('utf8');
  let said = '';
  for await (const chunk of answer) said += chunk;
  return said;
}
