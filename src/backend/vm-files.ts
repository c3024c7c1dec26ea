import { fileURLToPath } from 'node:url';
import { architecture } from './architecture';

/** Where the build puts the keeper's program: `out/vm/keeper.js`, beside the folder of the running program. */
export const keeperProgram = (): string =>
  process.env.GANTRY_KEEPER ?? fileURLToPath(new URL('../vm/keeper.js', import.meta.url));

/**
 * Where the guest image for this computer's processor is: `out/guest/<arch>`, or `resources/guest/<arch>` when Gantry is
 * installed. `GANTRY_GUEST` names another folder.
 */
export const guestImage = (program = import.meta.url): string =>
  process.env.GANTRY_GUEST ?? besideArchive(fileURLToPath(new URL(`../guest/${architecture}`, program)));

/**
 * An installed Gantry's `out` is in the archive `resources/app.asar`, which Electron alone reads as if it were a folder.
 * What QEMU opens lies beside it.
 */
const besideArchive = (path: string): string => path.replace(/\bapp\.asar[\\/]out[\\/]/, '');
