import { fileURLToPath } from 'node:url';
import { architecture } from './architecture';

/** Where the build puts the keeper's program: `out/vm/keeper.js`, beside the folder of the running program. */
export const keeperProgram = (): string =>
  process.env.GANTRY_KEEPER ?? fileURLToPath(new URL('../vm/keeper.js', import.meta.url));

/** Where the guest image for this computer's processor is: `out/guest/<arch>`. `GANTRY_GUEST` names another folder. */
export const guestImage = (): string =>
  process.env.GANTRY_GUEST ?? fileURLToPath(new URL(`../guest/${architecture}`, import.meta.url));
