import type { Tool, Tools } from '#contract';
import { pathWords, toolWords } from '#contract/tool-words';
import { withGantry } from './with-gantry';

interface Options {
  json: boolean;
}

function tell({ tools, notOnPath }: Tools, { json }: Options): void {
  if (json) {
    console.log(JSON.stringify({ tools, notOnPath }));
    return;
  }
  for (const tool of tools) console.log(`${tool.name.padEnd(14)} ${toolWords(tool)}`);
  if (notOnPath !== null) console.error(pathWords(notOnPath));
}

export const runToolsStatus = (options: Options): Promise<void> =>
  withGantry(async (client) => tell(await client.tools.status(), options));

const isLinked = ({ tools }: Tools, name: Tool['name']) =>
  tools.some((tool) => tool.name === name && tool.state === 'linked');

export const runToolsInstall = (options: Options): Promise<void> =>
  withGantry(async (client) => {
    const before = await client.tools.status();
    const now = await client.tools.install();
    tell(now, options);
    if (now.tools.some(({ state }) => state === 'absent')) process.exitCode = 1;
    if (isLinked(now, 'docker') && !isLinked(before, 'docker'))
      console.error('`gantry context use` leads the docker command to Gantry’s engine.');
  });

export const runToolsRemove = (options: Options): Promise<void> =>
  withGantry(async (client) => tell(await client.tools.remove(), options));
