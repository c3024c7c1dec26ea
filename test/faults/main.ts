import { whyNoVm } from '../harness/vm';
import { damagedImages } from './damaged-image';
import type { Fault, MachineFault } from './fault';
import { FaultHome } from './fault-home';
import { leftovers } from './leftovers';
import { FaultMachine, machineFaults } from './machine';
import { refusedDisks } from './refused-disk';

function readArguments(args: string[]): { times: number; only: string | null; match: RegExp } {
  const value = (name: string): string | null => {
    const at = args.indexOf(name);
    return at < 0 ? null : (args[at + 1] ?? null);
  };
  const times = Number(value('--times') ?? '1');
  if (!Number.isInteger(times) || times < 1) throw new Error('--times needs a whole number from 1 on');
  return { times, only: value('--only'), match: new RegExp(value('--match') ?? '') };
}

const onHome = (home: () => FaultHome, faults: MachineFault[]) =>
  faults.map((fault) => ({ ...fault, check: () => fault.check(home()) }));

/**
 * `npm run faults -- [--times N] [--only image|leftovers|disk|machine] [--match REGEXP]`: everything that may go wrong
 * with the VM, one after the other, or what has such a name; QEMU is killed N times while it works.
 */
export async function main(args: string[]): Promise<void> {
  const { times, only, match } = readArguments(args);
  const obstacle = whyNoVm();
  if (obstacle) throw new Error(`No fault can be tried here: ${obstacle}`);
  const failed: string[] = [];
  const tryAll = async (faults: (Fault & Pick<MachineFault, 'whyNot' | 'always'>)[]): Promise<void> => {
    for (const { name, whyNot, check, always } of faults) {
      if (!always && !match.test(name)) continue;
      const reason = whyNot?.();
      if (reason) {
        console.log(`skipped  ${name}: ${reason}`);
        continue;
      }
      const began = performance.now();
      try {
        const said = await check();
        console.log(`ok       ${name} (${((performance.now() - began) / 1000).toFixed(1)} s): ${said}`);
      } catch (error) {
        failed.push(name);
        console.log(`FAILED   ${name}: ${error instanceof Error ? error.stack : error}`);
      }
    }
  };
  if (only === null || only === 'image') await tryAll(damagedImages);
  if (only === null || only === 'leftovers') await tryAll(leftovers);
  if (only === null || only === 'disk') {
    await using home = await FaultHome.make();
    await tryAll(onHome(() => home, refusedDisks));
  }
  if (only === null || only === 'machine') {
    await using machine = await FaultMachine.make();
    await tryAll(
      onHome(
        () => machine.home,
        machineFaults(() => machine, times),
      ),
    );
  }
  if (failed.length > 0) throw new Error(`${failed.length} failed:\n${failed.join('\n')}`);
}
