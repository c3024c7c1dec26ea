import { welcomeImage } from '#contract/images';
import { ProblemError } from '#contract/problem';
import { commandLine } from '#ui/commandWords';
import { client } from '../data/client';
import { showFailures } from '../data/problems';
import { useProjection } from '../data/projection';
import { waitForTask } from '../data/tasks';
import { readCommand, type Verb } from './command';

function missing(kind: string, name: string): ProblemError {
  return new ProblemError({
    code: 'lesson-step-before',
    title: `There is no ${kind} named ${name}`,
    explanation: 'An earlier step of this lesson makes it. Go back and do that one first.',
    actions: [],
  });
}

function containerId(name: string): string {
  const found = useProjection.getState().containers.list.find((one) => one.name === name);
  if (!found) throw missing('container', name);
  return found.id;
}

function networkId(name: string): string {
  const found = useProjection.getState().networks.list.find((one) => one.name === name);
  if (!found) throw missing('network', name);
  return found.id;
}

async function run(argv: readonly string[]): Promise<void> {
  await client.images.giveWelcome();
  const { spec } = await client.run.parse({ line: commandLine(argv) });
  const { taskId } = await client.run.start(spec);
  const { problem } = await waitForTask(taskId);
  if (problem) throw new ProblemError(problem);
}

const onContainers =
  (verb: 'start' | 'stop' | 'pause' | 'unpause' | 'kill') => async (names: readonly string[]) =>
    showFailures(await client.containers[verb]({ ids: names.map(containerId) }));

const deeds: Record<Exclude<Verb, 'run'>, (names: readonly string[]) => Promise<unknown>> = {
  start: onContainers('start'),
  stop: onContainers('stop'),
  pause: onContainers('pause'),
  unpause: onContainers('unpause'),
  kill: onContainers('kill'),
  rm: (names) => client.containers.remove({ ids: names.map(containerId) }),
  'volume create': ([name = '']) => client.volumes.create({ name }),
  'volume rm': (names) => client.volumes.remove({ names: [...names] }),
  'network create': ([name = '']) => client.networks.create({ name }),
  'network rm': (names) => client.networks.remove({ ids: names.map(networkId) }),
  'network disconnect': async ([network = '', ...names]) =>
    showFailures(
      await client.networks.disconnect({ id: networkId(network), containerIds: names.map(containerId) }),
    ),
  tag: async ([, reference = '']) => {
    await client.images.giveWelcome();
    const image = useProjection.getState().images.list.find(({ tags }) => tags.includes(welcomeImage));
    if (!image) throw missing('image', welcomeImage);
    await client.images.tag({ id: image.id, reference });
  },
  rmi: ([reference = '']) => client.images.untag({ reference }),
};

/**
 * Does what the command of a lesson's step says, by the same procedures as the rest of the window.
 * @throws ProblemError when the engine refuses, or an earlier step is missing
 */
export async function perform(argv: readonly string[]): Promise<void> {
  const command = readCommand(argv);
  if (!command) return;
  if (command.verb === 'run') await run(argv);
  else await deeds[command.verb](command.names);
}
