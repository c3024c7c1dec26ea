import { z } from 'zod';
import type { Procedures } from '../boundary';
import type { Services } from '../services';

const forever = new AbortController().signal;
const platform = z.enum(['linux', 'darwin', 'win32']).catch('linux');
/** Node's names of processors in image notation (GOARCH). */
const architectures: Record<string, string> = { x64: 'amd64', arm64: 'arm64', arm: 'arm', ia32: '386' };

export function appRouter({ app: at }: Procedures, services: Services) {
  const { engine, settings, version, dataFolder } = services;
  return at.router({
    info: at.info.handler(() => ({
      version,
      platform: platform.parse(process.platform),
      arch: architectures[process.arch] ?? process.arch,
      dataFolder,
      notice: settings.notice,
    })),
    activity: at.activity.handler(({ signal }) => engine.activity.watch(signal ?? forever)),
    settings: at.settings.handler(() => settings.now),
    changeSettings: at.changeSettings.handler(async ({ input }) => {
      const before = settings.now.engineHost;
      const after = await settings.change(input);
      if (after.engineHost !== before) engine.select(after.engineHost);
      return after;
    }),
  });
}
