import { copyCommand, type ProblemAction } from '#contract/problem';
import { quoteWord } from '#contract/shell-words';
import { currentContext } from '#engine/docker-contexts';
import { openOneOff } from '#engine/one-off';
import type { CheckContext } from '../check';
import { type Check, failed, ok, settledEngine, skipped, warning } from '../check';
import { builtIn, contextFor, dockerCommand as find } from '../docker-command';

const leadHere = {
  kind: 'call',
  label: 'Use Gantry’s engine',
  procedure: 'diagnostics.fix',
  input: { repair: 'docker-command' },
} as const;

/** For an engine that the docker command has no context of. */
const newContext = 'gantry-found';

/** How the docker command comes to use the engine at `ours`, or any at all. */
async function wayHere(ours: string | null, { env, home, platform }: CheckContext): Promise<ProblemAction> {
  // It goes before the configuration, so that another context there would change nothing.
  if (env.DOCKER_CONTEXT) {
    return copyCommand(platform === 'win32' ? 'setx DOCKER_CONTEXT ""' : 'unset DOCKER_CONTEXT');
  }
  if (ours === null) return copyCommand('docker context use default');
  if (await contextFor(ours, { env, home, platform })) return leadHere;
  const host = quoteWord(`host=${ours}`);
  return copyCommand(
    `docker context create ${newContext} --docker ${host} && docker context use ${newContext}`,
  );
}

/** Whether the docker command in a terminal uses the same engine. Gantry itself does not need the command. */
export const dockerCommand: Check = {
  id: 'docker-command',
  title: 'The docker command',
  async run(around, signal) {
    const { env, home, platform } = around;
    const command = await find(env, signal);
    if (!command) return skipped('Not installed', 'Gantry does not need it.');
    if (env.DOCKER_HOST) return ok('DOCKER_HOST', 'The variable DOCKER_HOST goes before its context.');
    const ours = (await settledEngine(around, signal)).endpoint?.host ?? null;
    const fix = await wayHere(ours, around);
    let context: Awaited<ReturnType<typeof currentContext>>;
    try {
      context = await currentContext(env, home);
    } catch (error) {
      return failed(
        'The docker command’s context is missing',
        `${error instanceof Error ? error.message : error}. In a terminal, docker fails; Gantry is not affected.`,
        fix,
      );
    }
    const name = context?.name ?? 'default';
    const host = context?.host ?? builtIn(platform);
    if (host === ours) return ok(`context ${name}`, command.version ?? '');
    // A plain look, without the context's certificates or an ssh key that may ask for a password.
    const local = /^(?:unix|npipe):/.test(host);
    const reached =
      local &&
      (await openOneOff(host, signal).then(
        () => true,
        () => false,
      ));
    const also = 'Gantry is not affected.';
    if (!reached && ours === null && context === null) {
      return skipped('No engine answers', 'Nor does one where the docker command looks by itself.');
    }
    if (local && !reached) {
      return failed(
        'The docker command leads to an engine that does not answer',
        `In a terminal, docker uses the context “${name}” (${host}), where nothing answers. ${also}`,
        fix,
      );
    }
    return ours === null
      ? ok(`context ${name}`, host)
      : warning(
          'The docker command leads to another engine',
          `In a terminal, docker uses the context “${name}” (${host}), so it shows other containers than Gantry does. ${also}`,
          fix,
        );
  },
};
