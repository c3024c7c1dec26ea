import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { outcome, procedure } from './base';

/** What clicking an item of the tray's menu, or a notification, does. */
export const desktopAction = z.discriminatedUnion('kind', [
  /** Shows the window; at this route (`#/containers/3f2a/logs`, `#/run` for the Run dialog), or as it was. */
  z.object({ kind: z.literal('show'), route: z.string().nullable() }),
  z.object({ kind: z.literal('browse'), url: z.string() }),
  z.object({ kind: z.literal('copy'), text: z.string() }),
  z.object({
    kind: z.literal('call'),
    /** Dotted path in this contract, for example `containers.stop`. */
    procedure: z.string(),
    input: z.unknown().optional(),
    /** To be asked first. */
    confirm: z.object({ title: z.string(), text: z.string(), button: z.string() }).optional(),
  }),
  z.object({ kind: z.literal('quit') }),
]);
export type DesktopAction = z.infer<typeof desktopAction>;

export type TrayItem =
  | { kind: 'separator' }
  /** A line to read: it cannot be chosen. */
  | { kind: 'text'; label: string }
  /** `keys`: the global shortcut that does the same. */
  | { kind: 'action'; label: string; action: DesktopAction; keys?: string }
  | { kind: 'menu'; label: string; items: TrayItem[] };

export const trayItem: z.ZodType<TrayItem> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('separator') }),
    z.object({ kind: z.literal('text'), label: z.string() }),
    z.object({
      kind: z.literal('action'),
      label: z.string(),
      action: desktopAction,
      keys: z.string().optional(),
    }),
    z.object({ kind: z.literal('menu'), label: z.string(), items: z.array(trayItem) }),
  ]),
);

export const tray = z.object({
  /** Which icon. */
  look: z.enum(['running', 'stopped', 'attention']),
  /** Shown while the pointer rests on the icon. */
  tip: z.string(),
  items: z.array(trayItem),
});
export type Tray = z.infer<typeof tray>;

export const desktopState = z.object({
  tray,
  /** What closing the window does where there is a tray. */
  closeTo: z.enum(['tray', 'quit']),
  /** Whether the user knows that Gantry goes on in the tray. */
  toldOfTray: z.boolean(),
  /** In Electron's notation; null while there is none. */
  shortcut: z.string().nullable(),
  /** Whether the window's program looks for updates by itself. */
  updates: z.enum(['off', 'tell', 'download']),
});
export type DesktopState = z.infer<typeof desktopState>;

export const noticeKind = z.enum(['pulls', 'crashes', 'unhealthy', 'diskFull']);

/** Something worth a notification of the desktop. */
export const notice = z.object({
  kind: noticeKind,
  title: z.string(),
  text: z.string(),
  /** Where the window opens when it is clicked. */
  route: z.string(),
});
export type Notice = z.infer<typeof notice>;

/** Whether the system starts Gantry when its user logs in. */
export const loginItem = z.object({
  on: z.boolean(),
  /** Why it cannot be changed, or was not; null when all is well. */
  why: z.string().nullable(),
});
export type LoginItem = z.infer<typeof loginItem>;

export const everythingVerb = z.enum(['pause', 'unpause', 'restart', 'stop']);
export type EverythingVerb = z.infer<typeof everythingVerb>;

/** What the program around the window shows outside of it. */
export const desktopContract = {
  /** The present state first, then each change; at most three a second. Asks the engine for nothing. */
  watch: procedure.output(eventIterator(desktopState)),
  /** What happens from now on, as far as the settings want it told. */
  notices: procedure.output(eventIterator(notice)),
  /**
   * Does this to every container that it fits when it is carried out, which may be others than when the menu was
   * opened. Remembers until Gantry ends which ones it stopped.
   */
  everything: procedure.input(z.object({ verb: everythingVerb })).output(outcome),
  /** Starts those again that `everything` stopped. */
  startStopped: procedure.output(outcome),
};
