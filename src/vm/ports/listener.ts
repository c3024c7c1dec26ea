import type { Duplex } from 'node:stream';

/** Opens a stream to an address inside the VM. Throws, or resets the stream, when there is no way. */
export type Dial = (network: 'tcp' | 'udp', address: string) => Duplex;

/** One address of this computer that listens and passes connections on. */
export interface Listener {
  address: string;
  /** Ends the listening and all connections, at once. */
  close(): Promise<void>;
}

export interface ListenOptions {
  address: string;
  port: number;
  dial: Dial;
  /** Where a connection that comes now is to lead: `172.17.0.2:80`. */
  target(): string;
}

/** The system's code of a failure, `EADDRINUSE` and the like. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
