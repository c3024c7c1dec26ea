import { checkEngineConfig } from '#contract/engine-config';
import { ProblemError } from '#contract/problem';
import type { Services } from './services';

/** Gives the VM's engine a daemon.json, and keeps it when the engine took it. @throws ProblemError */
export async function configureEngine({ vm, settings }: Services, text: string): Promise<void> {
  const wrong = checkEngineConfig(text).find(({ severity }) => severity === 'error');
  if (wrong) {
    throw new ProblemError({
      code: 'engine-config-wrong',
      title: 'This daemon.json cannot be used',
      explanation: `Line ${wrong.line}, column ${wrong.column}: ${wrong.title}. ${wrong.why}`,
      actions: [{ kind: 'open', label: 'Open the configuration', page: 'settings', target: 'engine' }],
    });
  }
  const engineConfig = text.trim() === '' ? '' : text;
  await vm.configureEngine(engineConfig);
  await settings.change({ vm: { ...settings.now.vm, engineConfig } });
}
