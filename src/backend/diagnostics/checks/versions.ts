import { compareVersions, newestApi, oldestApi } from '#engine/handshake';
import { type Check, failed, noEngine, ok, settledEngine, warning } from '../check';
import { dockerCommand } from '../docker-command';

/** The docker CLI since which all that Gantry shows as commands is there. */
const oldestCommand = '20.10';

/** Whether Gantry, the engine and the docker command are of an age that fits together. */
export const versions: Check = {
  id: 'versions',
  title: 'Versions',
  async run(context, signal) {
    const { facts, problem } = await settledEngine(context, signal);
    if (problem && ['engine-too-old', 'client-too-old'].includes(problem.code)) {
      return failed(problem.title, problem.explanation);
    }
    const command = await dockerCommand(context.env, signal);
    if (command?.version && compareVersions(command.version, oldestCommand) < 0) {
      return warning(
        'The docker command is old',
        `It is version ${command.version}; some commands that Gantry shows need ${oldestCommand} or newer. Gantry itself does not use it.`,
      );
    }
    if (!facts) return noEngine;
    return ok(
      `Engine ${facts.version}`,
      `API ${facts.apiVersion}, of ${oldestApi} to ${newestApi} that Gantry knows${command?.version ? `; docker command ${command.version}` : ''}`,
    );
  },
};
