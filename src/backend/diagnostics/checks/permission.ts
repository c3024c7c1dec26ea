import { access, constants } from 'node:fs/promises';
import { type Check, codeOf, failed, ok, settledEngine, skipped } from '../check';

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
      return failed(
        'You may not use the engine’s socket',
        `${path} belongs to another user. On Linux, members of the group “docker” may use it: run “sudo usermod -aG docker $USER”, then sign out and in again. Members of that group can become root through the engine.`,
        { kind: 'open', label: 'Choose another engine', page: 'settings', target: 'engine' },
      );
    }
  },
};
