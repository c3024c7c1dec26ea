import { Button } from '#ui/Button';
import { CopyButton } from '#ui/CopyButton';
import { Dialog, DialogButtons } from '#ui/Dialog';
import { KeyValueList } from '#ui/KeyValueList';
import { forgetNewPassword, type NewPassword } from './store';

/** The password that was made up for a container, to be copied, and where it is found again. */
export default function NewPasswordDialog({ made }: { made: NewPassword }) {
  const { container, variable, value, oldName } = made;
  return (
    <Dialog
      title={`${container} has a password now`}
      subtitle="It runs. Copy the password if another program needs it."
      onClose={forgetNewPassword}
      onConfirm={forgetNewPassword}
      footer={
        <DialogButtons>
          <CopyButton label="Copy the password" text={value}>
            Copy
          </CopyButton>
          <Button variant="primary" autoFocus onPress={forgetNewPassword}>
            Done
          </Button>
        </DialogButtons>
      }
    >
      <div className="px-5 pt-3 pb-5 grid gap-4">
        <KeyValueList
          items={[
            { label: 'Variable', value: variable, mono: true },
            { label: 'Password', value, mono: true },
          ]}
        />
        <p className="text-fg2">
          Gantry keeps no copy of it. The container does, in its environment: its page shows it under
          Variables when you press the eye beside it, and Inspect has it, too.
        </p>
        {oldName && (
          <p className="text-fg2 wrap-anywhere">
            The container that wanted a password is kept as {oldName}. Delete it when you do not need it.
          </p>
        )}
      </div>
    </Dialog>
  );
}
