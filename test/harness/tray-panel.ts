import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type MessageBus, sessionBus } from '@homebridge/dbus-native';
import { openDen } from './den';
import { findProgram } from './run';

declare module '@homebridge/dbus-native' {
  interface MessageBus {
    exportInterface(object: object, path: string, description: object): void;
    sendSignal(path: string, interfaceName: string, name: string): void;
    requestName(name: string, flags: number, callback: (error: unknown, result: number) => void): void;
  }
}

const watcher = 'org.kde.StatusNotifierWatcher';

/** What a panel says on a session's bus. */
export interface TrayPanel extends AsyncDisposable {
  /** For DBUS_SESSION_BUS_ADDRESS. */
  address: string;
  /** Comes to the bus, where it was to come late. */
  come(): Promise<void>;
  /** Whether anything shows the icons; says so on the bus. */
  showIcons(shown: boolean): void;
  /** The icons that programs have put into the tray. */
  icons: string[];
}

/** No panel, whatever desktop the test runs on: for DBUS_SESSION_BUS_ADDRESS. */
export const noPanel = 'disabled:';

/** Why there can be no panel here; undefined when there can. */
export const whyNoPanel = (): string | undefined =>
  findProgram('dbus-daemon') ? undefined : 'dbus-daemon is not installed';

const own = (bus: MessageBus) =>
  new Promise<void>((resolve, reject) => {
    bus.requestName(watcher, 0, (error) => (error ? reject(error) : resolve()));
  });

/** A bus that starts no services: those of the computer would stay behind. */
const busConfig = (
  address: string,
) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>${address}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

/** Its names are those of the protocol. */
class StandInPanel {
  readonly icons: string[] = [];
  IsStatusNotifierHostRegistered = true;
  readonly ProtocolVersion = 0;

  RegisterStatusNotifierItem(item: string): void {
    this.icons.push(item);
  }
}

/**
 * A session bus of its own, with a stand-in for the panel that shows the tray's icons.
 * @param late it comes only when it is told to
 */
export async function openTrayPanel({ late = false } = {}): Promise<TrayPanel> {
  const den = openDen();
  const address = `unix:path=${join(den.folder, 'bus')}`;
  const config = join(den.folder, 'bus.conf');
  writeFileSync(config, busConfig(address));
  const args = ['--nofork', '--nosyslog', '--print-address', `--config-file=${config}`];
  const daemon = spawn('dbus-daemon', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(createInterface({ input: daemon.stdout }), 'line');
  const bus = sessionBus({ busAddress: address });
  const panel = new StandInPanel();
  bus.exportInterface(panel, '/StatusNotifierWatcher', {
    name: watcher,
    methods: { RegisterStatusNotifierItem: ['s', '', ['service'], []] },
    signals: {},
    properties: { IsStatusNotifierHostRegistered: 'b', ProtocolVersion: 'i' },
  });
  if (!late) await own(bus);
  return {
    address,
    come: () => own(bus),
    showIcons(shown) {
      panel.IsStatusNotifierHostRegistered = shown;
      if (shown) bus.sendSignal('/StatusNotifierWatcher', watcher, 'StatusNotifierHostRegistered');
    },
    icons: panel.icons,
    async [Symbol.asyncDispose]() {
      bus.connection.stream.destroy();
      const ended = once(daemon, 'exit');
      daemon.kill();
      await ended;
      await den.close();
    },
  };
}
