import { readLine } from './line';
import { publishRequest } from './services';
import type { MuxStream } from './stream';

/** A container's published port, for as long as `ended` has not resolved. */
export interface Lease {
  protocol: 'tcp' | 'udp';
  /** As given to `docker run`; `0.0.0.0`, `::` or empty when no address was given. */
  hostAddress: string;
  hostPort: number;
  /** Where it leads inside the VM: `172.17.0.2:80`. */
  target: string;
  /** The host listens. */
  grant(): void;
  /** The host cannot listen: `docker run` fails with this text. */
  refuse(why: string): void;
  /** Resolves when the container no longer publishes the port, or the link has ended. */
  ended: Promise<void>;
}

/** Reads what the agent asks for on a stream of its own. Anything that is no lease is reset. */
export async function takeLease(stream: MuxStream, onPublish: (lease: Lease) => void): Promise<void> {
  const ended = new Promise<void>((resolve) => stream.once('close', () => resolve()));
  // The end of the stream is the end of the lease, whichever way it comes.
  stream.on('error', () => {});
  try {
    const { protocol, hostAddress, hostPort, target } = publishRequest.parse(
      JSON.parse(await readLine(stream)),
    );
    stream.on('end', () => stream.destroy());
    stream.resume();
    onPublish({
      protocol,
      hostAddress,
      hostPort,
      target,
      ended,
      grant: () => void stream.write('{"ok":true}\n'),
      refuse: (why) => void stream.end(`${JSON.stringify({ error: why })}\n`),
    });
  } catch {
    stream.destroy();
  }
}
