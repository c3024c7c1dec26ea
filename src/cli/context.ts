import { basename } from 'node:path';
import { dockerContexts } from '#backend/docker-contexts';
import { quoteWord } from '#contract/shell-words';
import type { Shell } from './completion';
import { engineHost } from './status';
import { withGantry } from './with-gantry';

export const runContextShow = (options: { json: boolean }): Promise<void> =>
  withGantry(async (client) => {
    const { current, ours } = await dockerContexts(await engineHost(client));
    if (options.json) console.log(JSON.stringify({ current, gantry: ours }));
    else {
      console.log(`The docker command uses the context ${current}.`);
      console.log(
        ours === null
          ? 'No context leads to the engine that Gantry uses.'
          : ours === current
            ? 'It leads to the engine that Gantry uses.'
            : `Gantry’s engine is the context ${ours}: \`gantry context use\` leads there.`,
      );
    }
    if (process.env.DOCKER_HOST)
      console.error('The variable DOCKER_HOST is set and goes before any context.');
  });

export const runContextUse = (name: string | undefined): Promise<void> =>
  withGantry(async (client) => {
    if (name === undefined) {
      await engineHost(client);
      await client.diagnostics.fix({ repair: 'docker-command' });
    } else await (await dockerContexts(null)).use(name);
    console.log(`The docker command uses the context ${(await dockerContexts(null)).current}.`);
    if (process.env.DOCKER_HOST) console.error('The variable DOCKER_HOST is set and goes before it.');
  });

/** The line that sets a variable, in the words of a shell. */
export const setVariable = (shell: Shell, name: string, value: string): string =>
  shell === 'fish'
    ? `set -gx ${name} '${value.replace(/[\\']/g, '\\$&')}';`
    : `export ${name}=${quoteWord(value)}`;

/** @param path `$SHELL` */
export function shellOf(path: string | undefined): Shell {
  const name = basename(path ?? '');
  return name === 'fish' || name === 'zsh' ? name : 'bash';
}

export const runDockerEnv = (options: { shell?: Shell; json: boolean }): Promise<void> =>
  withGantry(async (client) => {
    const host = await engineHost(client);
    if (host === null) {
      console.error('No engine answers. `gantry start` starts Gantry’s own.');
      process.exitCode = 1;
      return;
    }
    if (options.json) {
      console.log(JSON.stringify({ DOCKER_HOST: host }));
      return;
    }
    const shell = options.shell ?? shellOf(process.env.SHELL);
    console.log(setVariable(shell, 'DOCKER_HOST', host));
    const again = shell === 'fish' ? 'gantry docker-env | source' : 'eval "$(gantry docker-env)"';
    console.log(`# Run: ${again}`);
  });
