import { z } from 'zod';
import type { Problem, Settings } from '#contract';
import { architecture } from '../architecture';
import { forever, type Procedures } from '../boundary';
import { folderTrouble } from '../data-folder';
import { chosenHost, showEngine } from '../engine-choice';
import type { Services } from '../services';
import { exportedSettings, importedSettings, settingChanges } from '../settings-file';

const platform = z.enum(['linux', 'darwin', 'win32']).catch('linux');

function startProblems({ settings, dataFolder }: Services): Problem[] {
  const trouble = folderTrouble(dataFolder);
  const broken = settings.notice === null ? [] : [brokenSettings(settings.notice)];
  return trouble ? [...broken, trouble] : broken;
}

const brokenSettings = (notice: string): Problem => ({
  code: 'settings-broken',
  title: 'Gantry started with default settings',
  explanation: notice,
  actions: [{ kind: 'open', label: 'Open settings', page: 'settings' }],
});

export function appRouter({ app: at }: Procedures, services: Services) {
  const { engine, settings, version, dataFolder, vm } = services;
  const change = async (part: Partial<Settings>) => {
    const before = chosenHost(settings.now, vm);
    const after = await settings.change(part);
    if (chosenHost(after, vm) !== before) await showEngine(services, chosenHost(after, vm));
    if (part.vm) await vm.apply();
    return after;
  };
  return at.router({
    info: at.info.handler(() => ({
      version,
      platform: platform.parse(process.platform),
      arch: architecture,
      dataFolder,
      problems: startProblems(services),
    })),
    activity: at.activity.handler(({ signal }) => engine.activity.watch(signal ?? forever)),
    settings: at.settings.handler(() => settings.now),
    changeSettings: at.changeSettings.handler(({ input }) => change(input)),
    exportSettings: at.exportSettings.handler(() => ({
      name: 'gantry-settings.json',
      text: exportedSettings(settings.now),
    })),
    previewSettings: at.previewSettings.handler(({ input }) => {
      const { after, unknown } = importedSettings(input.text, settings.now);
      return { changes: settingChanges(settings.now, after), unknown };
    }),
    importSettings: at.importSettings.handler(async ({ input }) => {
      const before = settings.now;
      const { after } = importedSettings(input.text, before);
      await settings.keepAside();
      await change(after);
      return before;
    }),
  });
}
