import type { Container } from '#contract';
import { Button } from '#ui/Button';
import { Dialog, DialogButtons } from '#ui/Dialog';
import { UserList } from './Users';

/** Says why something cannot be deleted: the containers that need it, each a link to where it can be let go. */
export function InUseDialog({
  title,
  text,
  containers,
  onClose,
}: {
  title: string;
  text: string;
  containers: readonly Container[];
  onClose: () => void;
}) {
  return (
    <Dialog
      title={title}
      subtitle={text}
      onClose={onClose}
      footer={
        <DialogButtons>
          <Button onPress={onClose} autoFocus>
            Close
          </Button>
        </DialogButtons>
      }
    >
      <div className="px-5 pt-3 pb-5">
        <div className="rounded-[8px] border border-line px-3 py-1 overflow-auto max-h-[216px]">
          <UserList containers={containers} />
        </div>
      </div>
    </Dialog>
  );
}
