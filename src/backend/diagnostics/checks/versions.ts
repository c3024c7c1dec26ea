import type { ProblemAction } from '#contract/problem';
import { chooseEngine } from '#engine/catalogue/actions';
import { compareVersions, newestApi, oldestApi } from '#engine/handshake';
import { type Check, failed, noEngine, ok, settledEngine, warning } from '../check';
import { dockerCommand } from '../docker-command';

/** The docker CLI since which all that Gantry shows as commands is there. */
const oldestCommand = '20.10';

const updateGantry: ProblemAction = {
  kind: 'open',
  label: 'Look for an update',
  page: 'settings',
  target: 'updates',
};

const guide: ProblemAction = {
  kind: 'copy',
  label: 'Copy the guide’s address',
  text: 'https://docs.docker.com/engine/install/',
};

/** Whether Gantry, the engine and the docker command are of an age that fits together. */
export const versions: Check = {
  id: 'versions',
  title: 'Versions',
  async run(context, signal) {
    const { facts, problem } = await settledEngine(context, signal);
    if (problem && ['engine-too-old', 'client-too-old'].includes(problem.code)) {
      return failed(
        problem.title,
        problem.explanation,
        problem.code === 'engine-too-old' ? chooseEngine : updateGantry,
      );
    }
    const command = await dockerCommand(context.env, signal);
    if (command?.version && compareVersions(command.version, oldestCommand) < 0) {
      return warning(
        'The docker command is old',
        `${command.program} is version ${command.version}; some commands that Gantry shows need ${oldestCommand} or newer. Gantry itself does not use it. Docker’s guide says how to get a newer one.`,
        guide,
      );
    }
    if (!facts) return noEngine;
    return ok(
      `Engine ${facts.version}`,
      `API ${facts.apiVersion}, of ${oldestApi} to ${newestApi} that Gantry knows${command?.version ? `; docker command ${command.version}` : ''}`,
    );
  },
};
