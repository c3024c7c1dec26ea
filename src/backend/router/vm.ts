import { forever, type Procedures } from '../boundary';
import { dockerHub } from '../docker-hub';
import { configureEngine } from '../engine-config';
import { growDisk } from '../grow-disk';
import { tryProxy } from '../proxy-trial/trial';
import type { Services } from '../services';
import { exportVolumes, readContents } from '../vm-contents';

export function vmRouter({ vm: at }: Procedures, services: Services) {
  const { vm, settings } = services;
  return at.router({
    watch: at.watch.handler(async ({ signal }) => {
      // Before, a VM that runs without a keeper that was asked looks like one that is off.
      await vm.known;
      return vm.watch(signal ?? forever);
    }),
    start: at.start.handler(() => vm.start()),
    stop: at.stop.handler(() => vm.stop()),
    restart: at.restart.handler(() => vm.restart()),
    suspend: at.suspend.handler(() => vm.suspend()),
    configureEngine: at.configureEngine.handler(({ input }) => configureEngine(services, input.text)),
    testProxy: at.testProxy.handler(({ input, signal }) =>
      tryProxy({
        draft: input,
        kept: settings.now.vm,
        registry: dockerHub,
        env: process.env,
        userAgent: `Gantry/${services.version}`,
        signal: signal ?? forever,
      }),
    ),
    usage: at.usage.handler(() => vm.usage()),
    details: at.details.handler(() => vm.details()),
    host: at.host.handler(() => vm.computer()),
    trimDisk: at.trimDisk.handler(() => vm.trimDisk()),
    growDisk: at.growDisk.handler(({ input }) => growDisk(services, input.diskGiB)),
    moveDisk: at.moveDisk.handler(async ({ input }) => {
      await vm.moveDisk(input.folder);
      await settings.change({ vm: { ...settings.now.vm, diskFolder: input.folder } });
    }),
    contents: at.contents.handler(({ signal }) => readContents(vm, signal ?? forever)),
    reset: at.reset.handler(async ({ input, signal }) => {
      if (input.exportTo !== null) await exportVolumes(vm, input.exportTo, signal ?? forever);
      await vm.reset();
    }),
  });
}
