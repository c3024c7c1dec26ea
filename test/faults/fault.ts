import type { FaultHome } from './fault-home';

/** One thing that goes wrong, and what must hold all the same. */
export interface Fault {
  name: string;
  /** Left out of the short form. */
  long?: true;
  /** Fails with what did not hold. Gives what was measured, in words. */
  check(): Promise<string>;
}

/** One that happens to a running machine, which runs again afterwards. */
export interface MachineFault {
  name: string;
  long?: true;
  /** Others need what it does. */
  always?: true;
  /** Why it cannot be tried here, in plain words. */
  whyNot?(): string | undefined;
  check(home: FaultHome): Promise<string>;
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
