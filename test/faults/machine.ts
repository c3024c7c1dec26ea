import { endings } from './ended';
import type { MachineFault } from './fault';
import { FaultHome } from './fault-home';
import { hostDiskFull, removeSmallDisk, smallDisk } from './host-disk-full';
import { insideFaults } from './inside';
import { keeperKilled, whileStarting } from './keeper-killed';
import { Steady } from './steady';
import { suspendedStates } from './suspended-state';

/** One machine for all faults of a running one, in their order. */
export class FaultMachine implements AsyncDisposable {
  #steady: Steady | null = null;

  private constructor(readonly home: FaultHome) {}

  static async make(): Promise<FaultMachine> {
    return new FaultMachine(
      await FaultHome.make(async (folder) => ({ diskFolder: await smallDisk(folder) })),
    );
  }

  get steady(): Steady {
    if (!this.#steady) throw new Error('The machine did not start');
    return this.#steady;
  }

  /** Its first start, in which the first fault happens. */
  async begin(): Promise<string> {
    const said = await whileStarting.check(this.home);
    this.#steady = await Steady.start(this.home);
    return said;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.home.end();
    await removeSmallDisk(this.home.folder);
    await this.home[Symbol.asyncDispose]();
  }
}

/** In their order. @param times how often QEMU is killed while it works */
export function machineFaults(machine: () => FaultMachine, times: number): MachineFault[] {
  const steady = () => machine().steady;
  return [
    { ...whileStarting, always: true, check: () => machine().begin() },
    ...keeperKilled(steady),
    ...insideFaults(steady),
    hostDiskFull(steady),
    ...suspendedStates(steady),
    ...endings(steady, times),
  ];
}
