import { randomBytes } from 'node:crypto';
import type { TestEngine } from '../harness/engine';

export const unique = (name: string) => `${name}-${randomBytes(3).toString('hex')}`;

/** A container that runs, with an image, a volume and a network of its own: all of the same name. */
export async function oneOfEach(engine: TestEngine) {
  const name = unique('view');
  const image = `team/${name}:1.0`;
  await engine.cli(['tag', 'hello', image]);
  await engine.cli(['volume', 'create', name]);
  await engine.cli(['network', 'create', name]);
  const container = ['--network', name, '--volume', `${name}:/data`, '--publish', '127.0.0.1::80', image];
  await engine.cli(['run', '--detach', '--name', name, ...container]);
  return {
    name,
    [Symbol.asyncDispose]: async () => {
      await engine.cli(['rm', '--force', name]);
      await engine.cli(['volume', 'rm', name]);
      await engine.cli(['network', 'rm', name]);
      await engine.cli(['rmi', image]);
    },
  };
}
