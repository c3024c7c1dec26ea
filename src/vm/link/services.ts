import { z } from 'zod';

/** What a stream to the guest is for: its first line, as JSON. The agent's side is src/guest/agent/services.go. */
export type LinkRequest =
  /** A connection to the engine's socket. */
  | { service: 'engine' }
  /** A connection to an address in the guest's networks; datagrams have their length before them (16 bit). */
  | { service: 'dial'; network: 'tcp' | 'udp'; address: string }
  | { service: 'run'; argv: string[]; tty: TerminalSize | null }
  | { service: 'touch' }
  | { service: 'facts' }
  | { service: 'clock'; unixMs: number }
  | { service: 'trim' }
  | { service: 'grow' }
  | { service: 'stop' };

export interface TerminalSize {
  columns: number;
  rows: number;
}

export const guestFacts = z.object({
  memoryTotalBytes: z.number(),
  memoryAvailableBytes: z.number(),
  /** Of the file system on the data disk. */
  diskTotalBytes: z.number(),
  diskUsedBytes: z.number(),
  /** The guest's clock, in milliseconds since 1970. */
  unixMs: z.number(),
});
export type GuestFacts = z.infer<typeof guestFacts>;

export const clockAnswer = z.object({ beforeMs: z.number() });

/** What the guest's file system gave back. It counts free blocks, not what the file on this computer loses. */
export const trimAnswer = z.object({ trimmedBytes: z.number() });

export const growAnswer = z.object({ diskTotalBytes: z.number() });

export const stopAnswer = z.object({ ok: z.literal(true) });

/** The agent's answer when it could not do what was asked. */
export const failedAnswer = z.object({ error: z.string() });

/** A container's published port. */
const publishRequest = z.object({
  service: z.literal('publish'),
  protocol: z.enum(['tcp', 'udp']),
  /** As given to `docker run`; `0.0.0.0`, `::` or empty when no address was given. */
  hostAddress: z.string(),
  hostPort: z.number().int().min(1).max(65_535),
  /** Address and port of the container, reached with `dial`. */
  target: z.string(),
});
export type PublishRequest = z.infer<typeof publishRequest>;

/** The first line of a stream that the agent opens. */
export const agentRequest = z.discriminatedUnion('service', [
  publishRequest,
  /** The guest mounts a shared folder from this stream, which says itself which one. */
  z.object({ service: z.literal('share') }),
]);
