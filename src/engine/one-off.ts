import type Dockerode from 'dockerode';
import { timeLimit } from '#contract/time-limit';
import { contact } from './handshake';

/** How long the engine may take to say hello. */
const greetingLimitMs = 5000;

/** A client of the engine at this host, beside the one that Gantry follows. @throws when it does not answer */
export async function openOneOff(host: string, signal: AbortSignal): Promise<Dockerode> {
  const limit = timeLimit(greetingLimitMs, signal);
  const { docker } = await contact({ host, label: 'Gantry’s VM', source: 'Gantry VM', tls: null }, limit);
  return docker;
}
