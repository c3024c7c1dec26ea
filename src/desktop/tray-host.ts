import type { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { MessageBus } from '@homebridge/dbus-native';
import { z } from 'zod/mini';
import { timeLimit } from '#contract/time-limit';

declare module '@homebridge/dbus-native' {
  // Missing in the package's own types.
  export function sessionBus(options: { busAddress: string }): MessageBus;
  interface MessageBus {
    signals: EventEmitter;
    /** What `signals` calls a signal. */
    mangle(path: string, interfaceName: string, member: string): string;
    addMatch(rule: string, callback: (error: unknown) => void): void;
  }
}

/** A bus that does not answer within this time is no help. */
const limitMs = 1000;

const watcher = 'org.kde.StatusNotifierWatcher';
const watcherPath = '/StatusNotifierWatcher';

/** What the bus says when somebody takes the watcher's name, and the watcher when a panel shows what it knows. */
const signs = [
  {
    sender: 'org.freedesktop.DBus',
    path: '/org/freedesktop/DBus',
    interfaceName: 'org.freedesktop.DBus',
    member: 'NameOwnerChanged',
    more: `,arg0='${watcher}'`,
  },
  {
    sender: watcher,
    path: watcherPath,
    interfaceName: watcher,
    member: 'StatusNotifierHostRegistered',
    more: '',
  },
];

/** A variant: its signature and its values. */
const isRegistered = z.tuple([z.unknown(), z.tuple([z.boolean()])]);

/** Where the session's bus listens: https://www.freedesktop.org/software/systemd/man/latest/sd_bus_open_user.html */
function busAddress(): string | null {
  const { DBUS_SESSION_BUS_ADDRESS: address, XDG_RUNTIME_DIR: folder } = process.env;
  if (address) return address;
  const path = folder && join(folder, 'bus');
  return path && existsSync(path) ? `unix:path=${path}` : null;
}

/** Does `work` with the session's bus; false where there is none, or it breaks off. */
async function withBus(work: (bus: MessageBus) => Promise<boolean>): Promise<boolean> {
  const address = busAddress();
  if (!address) return false;
  // Only here: it takes its time to load, and only Linux needs it.
  const { sessionBus } = await import('@homebridge/dbus-native');
  let bus: MessageBus;
  try {
    bus = sessionBus({ busAddress: address });
  } catch {
    return false; // An address of a kind that the library does not know.
  }
  // Nobody listens at that address, or no longer.
  const broken = new Promise<boolean>((resolve) => {
    for (const event of ['error', 'end']) bus.connection.on(event, () => resolve(false));
  });
  try {
    return await Promise.race([work(bus), broken]);
  } finally {
    bus.connection.stream.destroy();
  }
}

function ask(bus: MessageBus): Promise<boolean> {
  return new Promise((resolve) => {
    bus.invoke(
      {
        destination: watcher,
        path: watcherPath,
        interface: 'org.freedesktop.DBus.Properties',
        member: 'Get',
        signature: 'ss',
        body: [watcher, 'IsStatusNotifierHostRegistered'],
      },
      (error, value) => {
        const answer = isRegistered.safeParse(value);
        if (error)
          resolve(false); // Nobody has that name: there is no tray.
        else resolve(answer.success && answer.data[1][0]);
      },
    );
  });
}

const whenOver = (limit: AbortSignal) =>
  new Promise<boolean>((resolve) => {
    limit.addEventListener('abort', () => resolve(false), { once: true });
  });

/**
 * Whether an icon in the tray would be seen. macOS and Windows always have one. On Linux a panel says on the bus that
 * it shows them (https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/); the older trays of X11 are not
 * asked for, so there closing the window ends Gantry as if there were none.
 */
export async function hasTray(): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  return withBus((bus) => Promise.race([ask(bus), whenOver(timeLimit(limitMs))]));
}

/** Whether there is a tray, or one comes before the limit aborts: at login a panel may start after Gantry. */
export async function trayComes(limit: AbortSignal): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  return withBus((bus) => {
    const came = new Promise<boolean>((resolve) => {
      const look = () => void ask(bus).then((isThere) => isThere && resolve(true));
      for (const { sender, path, interfaceName, member, more } of signs) {
        bus.signals.on(bus.mangle(path, interfaceName, member), look);
        const rule = `type='signal',sender='${sender}',path='${path}',interface='${interfaceName}',member='${member}'${more}`;
        bus.addMatch(rule, look);
      }
    });
    return Promise.race([came, whenOver(limit)]);
  });
}
