import type { Identities } from './attributes';
import { Refusal } from './errno';
import type { Fids } from './fids';
import type { Tree } from './tree';
import { type WireReader, WireWriter } from './wire';

/** What one client has agreed upon with this server, and what it holds. */
export interface Session {
  readonly tree: Tree;
  readonly writable: boolean;
  readonly fids: Fids;
  readonly identities: Identities;
  /** A frame may have so many bytes, its header included. */
  readonly msize: number;
}

/** Takes a request apart and begins it; the answer comes without its header. */
export type Operation = (session: Session, body: WireReader) => Promise<WireWriter>;

/**
 * One kind of request.
 * @param read takes it apart; what is left over makes it no request
 * @param act fulfils it and writes the answer, or throws what it is answered with
 */
export function operation<Request>(
  read: (body: WireReader) => Request,
  act: (session: Session, request: Request, reply: WireWriter) => Promise<unknown>,
): Operation {
  return async (session, body) => {
    const request = read(body);
    body.end();
    const reply = new WireWriter();
    await act(session, request, reply);
    return reply;
  };
}

/** A request that changes something, which a folder that is shared for reading refuses. */
export function change<Request>(
  read: (body: WireReader) => Request,
  act: (session: Session, request: Request, reply: WireWriter) => Promise<unknown>,
): Operation {
  return operation(read, async (session, request, reply) => {
    requireWritable(session);
    await act(session, request, reply);
  });
}

/** @throws Refusal EROFS */
export function requireWritable({ writable }: Session): void {
  if (!writable) throw new Refusal('EROFS');
}

/** A request that has no meaning here, whatever is in it. */
export const refused =
  (code: ConstructorParameters<typeof Refusal>[0]): Operation =>
  async () => {
    throw new Refusal(code);
  };
