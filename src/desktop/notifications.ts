import { dialog, Notification } from 'electron';
import { z } from 'zod/mini';

export interface Message {
  title: string;
  text: string;
}

/** Open ones: the system may drop what nobody refers to, and a click would then reach nobody. */
const open = new Set<Notification>();

/** Tells something by the desktop. False where the desktop shows no notifications. */
export function tell({ title, text }: Message, onClick: () => void): boolean {
  if (!Notification.isSupported()) return false;
  const notification = new Notification({ title, body: text });
  const forget = () => open.delete(notification);
  notification.once('click', () => {
    forget();
    onClick();
  });
  notification.once('close', forget);
  notification.once('failed', forget);
  open.add(notification);
  notification.show();
  return true;
}

/** What failures of the contract say of themselves (src/contract/problem.ts, base.ts). */
const said = z.object({ title: z.string(), explanation: z.string() });
const failure = z.object({ data: said });
const outcome = z.object({ failed: z.array(z.object({ problem: said })) });

function messageOf(error: unknown): Message {
  const known = failure.safeParse(error);
  if (known.success) return { title: known.data.data.title, text: known.data.data.explanation };
  return { title: 'That did not work', text: error instanceof Error ? error.message : String(error) };
}

/** What an answer on several objects says of those that failed; null when none did. */
export function failureOf(answer: unknown): Message | null {
  const { data } = outcome.safeParse(answer);
  const [first, ...others] = data?.failed ?? [];
  if (!first) return null;
  const more = others.length > 0 ? ` ${others.length} more failed, too.` : '';
  return { title: first.problem.title, text: first.problem.explanation + more };
}

/** Tells of something that the user asked for and that failed: it must be seen, with or without notifications. */
export function tellFailure(error: unknown, onClick: () => void): void {
  tellMessage(messageOf(error), onClick);
}

export function tellMessage(message: Message, onClick: () => void): void {
  if (tell(message, onClick)) return;
  void dialog.showMessageBox({ type: 'error', message: message.title, detail: message.text });
}
