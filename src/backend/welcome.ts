import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { welcomeImage } from '#contract/images';
import { type Problem, ProblemError } from '#contract/problem';
import { loadImages } from '#engine/images';
import type { Engine } from '#engine/index';
import { architecture } from './architecture';

const missing: Problem = {
  code: 'welcome-missing',
  title: 'The welcome image is not here',
  explanation:
    'This installation of Gantry has no welcome image for the engine’s processor. Any other image does as well.',
  actions: [{ kind: 'open', label: 'Find an image', page: 'discover' }],
};

const archiveIn = (guest: string) => join(guest, 'welcome.tar');

const isThere = (engine: Engine) =>
  [...engine.projection.snapshot().images.values()].some(({ tags }) => tags.includes(welcomeImage));

const canBeGiven = (engine: Engine, guest: string) =>
  existsSync(archiveIn(guest)) && engine.projection.snapshot().engine.facts?.arch === architecture;

/** Whether the engine has the image, or can be given it. @param guest the folder of the guest's image */
export const hasWelcome = (engine: Engine, guest: string): boolean =>
  isThere(engine) || canBeGiven(engine, guest);

/**
 * Gives the engine the image that the guest's files bring along, unless the engine has it already.
 * @throws ProblemError `welcome-missing`, or what the engine says
 */
export async function giveWelcome(engine: Engine, guest: string): Promise<void> {
  if (isThere(engine)) return;
  if (!canBeGiven(engine, guest)) throw new ProblemError(missing);
  await loadImages(engine.docker(), archiveIn(guest));
}
