import { type ReactNode, useRef, useState } from 'react';
import type { ProblemAction } from '#contract/problem';
import { Button } from '#ui/Button';
import { Dialog, DialogButtons } from '#ui/Dialog';
import { EngineMark } from '#ui/EngineMark';
import { ProblemBanner } from '#ui/ProblemView';
import { ShowAsCommand } from '#ui/ShowAsCommand';
import { problemOf, runAction } from '../data/problems';

/**
 * A small form that does one thing and closes. Until it was tried once, fields that are still empty are not wrong:
 * `children` gets to know. A failure stays in the dialog, with what was typed.
 */
export function FormDialog({
  title,
  subtitle,
  confirmLabel,
  confirmIcon,
  note,
  wrong,
  argv,
  onConfirm,
  onChange,
  onClose,
  children,
}: {
  title: string;
  subtitle?: ReactNode;
  confirmLabel: string;
  confirmIcon?: ReactNode;
  /** Quiet text at the footer's left. */
  note?: string;
  /** How many fields cannot stay as they are. */
  wrong: number;
  /** The command that does the same, where there is one; shown once nothing is wrong. */
  argv?: readonly string[];
  onConfirm: () => Promise<void>;
  /** Puts a value that a problem offers into a field. */
  onChange?: (field: string, value: unknown) => void;
  onClose: () => void;
  children: (tried: boolean) => ReactNode;
}) {
  const form = useRef<HTMLFormElement>(null);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);

  async function confirm() {
    setTried(true);
    if (wrong > 0) {
      // After the next drawing, which marks them.
      requestAnimationFrame(() =>
        form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid] button')?.focus(),
      );
      return;
    }
    if (busy) return;
    setBusy(true);
    setFailure(null);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  }

  function repair(action: ProblemAction) {
    if (action.kind === 'retry') return void confirm();
    if (action.kind !== 'change') return void runAction(action);
    onChange?.(action.field, action.value);
    setFailure(null);
  }

  return (
    <Dialog
      title={title}
      subtitle={subtitle}
      mark={argv && <EngineMark />}
      onClose={onClose}
      onConfirm={() => void confirm()}
      footer={
        <>
          {note && <span className="text-12 text-fg3">{note}</span>}
          <DialogButtons>
            <Button onPress={onClose}>Cancel</Button>
            <Button variant="primary" icon={confirmIcon} busy={busy} onPress={() => void confirm()}>
              {tried && wrong > 0 ? `${wrong} ${wrong === 1 ? 'thing' : 'things'} to fix` : confirmLabel}
            </Button>
          </DialogButtons>
        </>
      }
    >
      <form
        ref={form}
        noValidate
        className="px-5 pt-3 pb-5 grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void confirm();
        }}
      >
        {children(tried)}
        {failure !== null && <ProblemBanner problem={problemOf(failure)} onAction={repair} />}
        {argv && wrong === 0 && <ShowAsCommand argv={argv} />}
        {/* Enter in a field sends a form with several fields only when it has such a button. */}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
