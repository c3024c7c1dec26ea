import { z } from 'zod';
import { nothing, type Qmp } from './qmp';

/** QEMU saves and loads a guest's state as if it moved it to another computer, hence the name. */
const change = z.object({ event: z.literal('MIGRATION'), data: z.object({ status: z.string() }) });

const endings = new Set(['completed', 'failed', 'cancelled']);

const outcome = z.object({ 'error-desc': z.string().optional() });

/**
 * Has QEMU tell by events how far it is, which it does only when asked to.
 * @param memoryApart QEMU leaves out memory that other processes share (`x-ignore-shared`), which is saved apart
 */
export async function prepareMigration(qmp: Qmp, memoryApart: boolean, signal: AbortSignal): Promise<void> {
  const capabilities = [
    { capability: 'events', state: true },
    { capability: 'x-ignore-shared', state: memoryApart },
  ];
  await qmp.execute('migrate-set-capabilities', { capabilities }, nothing, signal);
}

/** Resolves when a hand-over is complete. Rejects with QEMU's reason when it failed. */
export async function migrationEnd(qmp: Qmp, signal: AbortSignal): Promise<void> {
  const ended = await qmp.waitForEvent(
    (one) => endings.has(change.safeParse(one).data?.data.status ?? ''),
    signal,
  );
  const { status } = change.parse(ended).data;
  if (status === 'completed') return;
  const { 'error-desc': reason } = await qmp.execute('query-migrate', {}, outcome, signal);
  throw new Error(reason ?? `QEMU says that it ${status === 'failed' ? 'failed' : 'was cancelled'}`);
}
