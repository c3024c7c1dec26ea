import type { Duplex } from 'node:stream';
import { type Lease, leaseOn } from './lease';
import { readLine } from './line';
import { agentRequest } from './services';
import type { MuxStream } from './stream';

/** What the guest's agent asks the host for. */
export interface AgentRequests {
  /** Called for each port that a container publishes, and again for all of them after every opening of a link. */
  onPublish(lease: Lease): void;
  /** Called for each mount of a shared folder: the guest's kernel speaks 9P2000.L on the stream. */
  onShare(stream: Duplex): void;
}

/**
 * Reads what the agent wants on a stream that it has opened. Anything unknown is reset.
 * @param isLost whether the session is over
 */
export async function takeRequest(
  stream: MuxStream,
  isLost: () => boolean,
  { onPublish, onShare }: AgentRequests,
): Promise<void> {
  try {
    const request = agentRequest.parse(JSON.parse(await readLine(stream)));
    if (request.service === 'share') onShare(stream);
    else onPublish(leaseOn(stream, request, isLost));
  } catch {
    stream.destroy();
  }
}
