import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { MessageBus } from '@homebridge/dbus-native';
import { z } from 'zod/mini';

declare module '@homebridge/dbus-native' {
  /** Missing in the package's own types. */
  export function sessionBus(options: { busAddress: string }): MessageBus;
}

/** A bus that does not answer within this time is no help. */
const limitMs = 1000;

const watcher = 'org.kde.StatusNotifierWatcher';

/** A variant: its signature and its values. */
const isRegistered = z.tuple([z.unknown(), z.tuple([z.boolean()])]);

/** Where the session's bus listens: https://www.freedesktop.org/software/systemd/man/latest/sd_bus_open_user.html */
function busAddress(): string | null {
  const { DBUS_SESSION_BUS_ADDRESS: address, XDG_RUNTIME_DIR: folder } = process.env;
  if (address) return address;
  const path = folder && join(folder, 'bus');
  return path && existsSync(path) ? `unix:path=${path}` : null;
}

function ask(bus: MessageBus): Promise<boolean> {
  return new Promise((resolve, reject) => {
    bus.connection.on('error', reject);
    bus.invoke(
      {
        destination: watcher,
        path: '/StatusNotifierWatcher',
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

/**
 * Whether an icon in the tray would be seen. macOS and Windows always have one. On Linux a panel says on the bus that
 * it shows them (https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/); the older trays of X11 are not
 * asked for, so there closing the window ends Gantry as if there were none.
 */
export async function hasTray(): Promise<boolean> {
  if (process.platform !== 'linux') return true;
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
  let limit: NodeJS.Timeout | undefined;
  const tooLong = new Promise<boolean>((resolve) => {
    limit = setTimeout(() => resolve(false), limitMs);
  });
  try {
    return await Promise.race([ask(bus), tooLong]);
  } catch {
    return false; // Nobody listens at that address.
  } finally {
    clearTimeout(limit);
    bus.connection.stream.destroy();
  }
}
