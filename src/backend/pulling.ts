import { timeLimit } from '#contract/time-limit';
import type { ProblemContext } from '#engine/catalogue/entry';
import type { Here } from '#engine/index';
import { type PullControl, type PullInput, pullImage } from '#engine/pull';
import { similarTo } from '#registry/catalogue';
import type { Services } from './services';

/** How long a registry is waited for that has refused already. */
const limitMs = 5000;

/** Downloads an image with the sign-in that is kept for its registry. @throws ProblemError */
export async function pull(
  { here, registries }: { here: Here } & Pick<Services, 'registries'>,
  input: Omit<PullInput, 'auth'>,
  control: Omit<PullControl, 'known'>,
): Promise<{ reference: string; imageId: string }> {
  const { signal } = control;
  const auth = await registries.authFor(input.reference, signal);
  const known = async (code: string): Promise<Partial<ProblemContext>> => {
    if (code === 'rate-limited') return registries.limitOf(input.reference, timeLimit(limitMs, signal));
    return code === 'pull-denied' ? { similar: similarTo(input.reference) } : {};
  };
  return pullImage(here.docker(), { ...input, auth }, { ...control, known });
}
