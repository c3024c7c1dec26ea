import type { z } from 'zod';
import { readLine } from './line';
import { publishRequest } from './services';
import type { MuxStream } from './stream';

/** A port that a container publishes, for as long as `ended` has not resolved. */
export interface Lease extends Omit<z.infer<typeof publishRequest>, 'service'> {
  /** The host listens. */
  grant(): void;
  /** The host cannot listen: `docker run` fails with this text. */
  refuse(why: string): void;
  /**
   * Resolves when the container no longer publishes the port, or the link has been lost: then the container may
   * go on, and the next link brings the lease again.
   */
  ended: Promise<'released' | 'link-lost'>;
}

/**
 * Reads what the agent asks for on a stream of its own. Anything that is no lease is reset.
 * @param isLost whether the session is over
 */
export async function takeLease(
  stream: MuxStream,
  isLost: () => boolean,
  onPublish: (lease: Lease) => void,
): Promise<void> {
  const ended = new Promise<'released' | 'link-lost'>((resolve) => {
    stream.once('close', () => resolve(isLost() ? 'link-lost' : 'released'));
  });
  try {
    const { service: _, ...request } = publishRequest.parse(JSON.parse(await readLine(stream)));
    stream.on('end', () => stream.destroy());
    stream.resume();
    onPublish({
      ...request,
      ended,
      grant: () => void stream.write('{"ok":true}\n'),
      refuse: (why) => void stream.end(`${JSON.stringify({ error: why })}\n`),
    });
  } catch {
    stream.destroy();
  }
}
