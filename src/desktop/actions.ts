import { app, clipboard, dialog, shell } from 'electron';
import type { DesktopAction } from '#contract';
import type { BackendClient } from './backend-client';
import { failureOf, tellFailure, tellMessage } from './notifications';
import { mayOpenOutside } from './outside';

export interface Surroundings {
  /** Shows the window, at a route or as it was. */
  show(route: string | null): void;
  /** Null while the backend is away. */
  backend(): BackendClient | null;
}

type Call = Extract<DesktopAction, { kind: 'call' }>;

/** Whether the user still wants it after having read what it ends. */
async function isConfirmed({ confirm }: Call): Promise<boolean> {
  if (!confirm) return true;
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: confirm.title,
    detail: confirm.text,
    buttons: [confirm.button, 'Cancel'],
    defaultId: 1,
    cancelId: 1,
  });
  return response === 0;
}

async function call(action: Call, { backend, show }: Surroundings): Promise<void> {
  const onClick = () => show(null);
  try {
    if (!(await isConfirmed(action))) return;
    const link = backend();
    if (!link) throw new Error('Gantry’s backend is starting again. Try it once more in a moment.');
    const failed = failureOf(await link.call(action.procedure, action.input));
    if (failed) tellMessage(failed, onClick);
  } catch (error) {
    tellFailure(error, onClick);
  }
}

function browse(url: string): void {
  if (!mayOpenOutside(url)) {
    tellMessage(
      { title: `Gantry does not open ${url}`, text: 'Copy the address into your browser instead.' },
      () => undefined,
    );
    return;
  }
  shell.openExternal(url).catch((error: unknown) => tellFailure(error, () => undefined));
}

async function copy(text: string): Promise<void> {
  try {
    await clipboard.writeText(text);
  } catch (error) {
    tellFailure(error, () => undefined);
  }
}

/** Does what an item of the tray's menu promises. */
export function runAction(action: DesktopAction, around: Surroundings): void {
  switch (action.kind) {
    case 'show':
      around.show(action.route);
      break;
    case 'browse':
      browse(action.url);
      break;
    case 'copy':
      void copy(action.text);
      break;
    case 'call':
      void call(action, around);
      break;
    case 'quit':
      app.quit();
      break;
  }
}
