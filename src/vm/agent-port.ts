import { z } from 'zod';
import { timeLimit } from '#contract/time-limit';
import type { Link } from './link/link';
import type { Qmp } from './qemu/qmp';

/** A program in the guest has opened or closed the link's port: https://www.qemu.org/docs/master/interop/qemu-qmp-ref.html */
const portChange = z.object({
  event: z.literal('VSERPORT_CHANGE'),
  data: z.object({ id: z.literal('link'), open: z.boolean() }),
});

/** An agent that is there answers at once; a busy emulated guest takes a while. */
const answerMs = 5000;

/**
 * Closes the link when the guest's agent has gone, which the link's socket does not show: its other end is QEMU's. QEMU
 * tells at most one change a second, so that of an end and a new beginning only the beginning may be told: then the
 * agent is asked whether it knows the link.
 */
export function watchAgentPort(qmp: Qmp, signal: AbortSignal, link: () => Link | null): void {
  const check = async (session: Link): Promise<void> => {
    const limit = timeLimit(answerMs, signal);
    await session.facts(limit).catch(() => session.close());
  };
  const stopListening = qmp.onEvent((event) => {
    const { data: change } = portChange.safeParse(event);
    const session = link();
    if (!change || !session) return;
    if (change.data.open) void check(session);
    else session.close();
  });
  signal.addEventListener('abort', stopListening, { once: true });
}
