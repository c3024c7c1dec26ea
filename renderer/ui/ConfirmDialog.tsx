import { type ReactNode, useState } from 'react';
import { Button } from './Button';
import { Dialog, DialogButtons } from './Dialog';
import { EngineMark } from './EngineMark';
import { ShowAsCommand } from './ShowAsCommand';
import { TextField } from './TextField';

/**
 * Asks before something destructive. Focus starts on Cancel. The confirm label repeats verb and count: "Delete 3".
 * `typeToConfirm` is only for what cannot be undone.
 */
export function ConfirmDialog({
  title,
  explanation,
  confirmLabel,
  confirmIcon,
  danger = true,
  note,
  argv,
  typeToConfirm,
  onConfirm,
  onClose,
  children,
}: {
  title: string;
  explanation?: ReactNode;
  confirmLabel: string;
  confirmIcon?: ReactNode;
  danger?: boolean;
  /** Quiet text at the footer's left: "You can undo this for 8 seconds". */
  note?: string;
  argv?: readonly string[];
  typeToConfirm?: string;
  onConfirm: () => void;
  onClose: () => void;
  children?: ReactNode;
}) {
  const [typed, setTyped] = useState('');
  const missing = typeToConfirm !== undefined && typed !== typeToConfirm;
  function confirm() {
    if (missing) return;
    onConfirm();
    onClose();
  }
  return (
    <Dialog
      role="alertdialog"
      title={title}
      subtitle={explanation}
      mark={argv && <EngineMark />}
      onClose={onClose}
      onConfirm={confirm}
      footer={
        <>
          {note && <span className="text-12 text-fg3">{note}</span>}
          <DialogButtons>
            <Button onPress={onClose} autoFocus>
              Cancel
            </Button>
            <Button
              variant={danger ? 'danger' : 'primary'}
              icon={confirmIcon}
              onPress={confirm}
              disabledReason={missing ? `Type ${typeToConfirm} first` : undefined}
            >
              {confirmLabel}
            </Button>
          </DialogButtons>
        </>
      }
    >
      <div className="px-5 pt-3 pb-5 grid gap-4">
        {children}
        {typeToConfirm !== undefined && (
          <TextField label={`Type ${typeToConfirm} to confirm`} value={typed} onChange={setTyped} />
        )}
        {argv && <ShowAsCommand argv={argv} />}
      </div>
    </Dialog>
  );
}
