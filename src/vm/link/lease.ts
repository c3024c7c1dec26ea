import type { PublishRequest } from './services';
import type { MuxStream } from './stream';

/** A port that a container publishes, for as long as `ended` has not resolved. */
export interface Lease extends Omit<PublishRequest, 'service'> {
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

/** The lease that the agent asks for on a stream of its own. @param isLost whether the session is over */
export function leaseOn(
  stream: MuxStream,
  { service: _, ...request }: PublishRequest,
  isLost: () => boolean,
): Lease {
  const ended = new Promise<'released' | 'link-lost'>((resolve) => {
    stream.once('close', () => resolve(isLost() ? 'link-lost' : 'released'));
  });
  stream.on('end', () => stream.destroy());
  stream.resume();
  return {
    ...request,
    ended,
    grant: () => void stream.write('{"ok":true}\n'),
    refuse: (why) => void stream.end(`${JSON.stringify({ error: why })}\n`),
  };
}
