import { access, constants } from 'node:fs/promises';
import { copyCommand } from '#contract/problem';
import { chooseEngine, chooseOwnEngine } from '#engine/catalogue/actions';
import type { CheckContext } from '../check';
import { type Check, codeOf, type Found, failed, ok, settledEngine, skipped } from '../check';
import { groupOf, joinGroup } from '../group';

const unix = 'unix://';

/** Whether this user may speak to the engine's socket. */
export const permission: Check = {
  id: 'permission',
  title: 'Right to use the engine',
  async run(context, signal) {
    const { settings, vm } = context.services;
    const { engineChoice, engineHost } = settings.now;
    const chosen = engineChoice === 'vm' ? vm.host : (engineHost ?? context.env.DOCKER_HOST);
    const host =
      (await settledEngine(context, signal)).endpoint?.host ?? chosen ?? 'unix:///var/run/docker.sock';
    if (!host.startsWith(unix)) return skipped('Not a local socket', `The engine is at ${host}.`);
    const path = host.slice(unix.length);
    try {
      await access(path, constants.R_OK | constants.W_OK);
      return ok(path);
    } catch (error) {
      if (!['EACCES', 'EPERM'].includes(codeOf(error))) return skipped('No socket', `${path} is not there.`);
      return forbidden(path, context);
    }
  },
};

async function forbidden(path: string, { platform, services: { vm } }: CheckContext): Promise<Found> {
  const title = 'You may not use the engine’s socket';
  const group = platform === 'linux' ? await groupOf(path) : null;
  if (group !== null) {
    return failed(
      title,
      `${path} is for members of the group “${group}”. The command makes you one: paste it into a terminal, then sign out and in again. Members of that group can become root through the engine.`,
      copyCommand(joinGroup(group)),
    );
  }
  const { problem } = await vm.computer();
  return failed(
    title,
    `${path} belongs to another user, who alone may use it.`,
    problem === null && vm.host !== `${unix}${path}` ? chooseOwnEngine(vm.host) : chooseEngine,
  );
}
