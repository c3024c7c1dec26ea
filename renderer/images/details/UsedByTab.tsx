import { Container as ContainerIcon } from 'lucide-react';
import type { Container, Image } from '#contract';
import { Button } from '#ui/Button';
import { EmptyState } from '#ui/EmptyState';
import { PlayIcon } from '#ui/icons';
import { UserList } from '../../containers/Users';
import { Age } from '../../data/Age';
import { run } from '../actions';
import { titleOf } from '../names';

/** The containers that were made from the image. */
export function UsedByTab({ image, users }: { image: Image; users: readonly Container[] }) {
  if (users.length === 0) {
    return (
      <EmptyState
        picture={<ContainerIcon size={32} aria-hidden="true" className="text-fg3" />}
        title="No container uses it"
        text="It can be deleted without losing anything but the time to pull it again."
        actions={
          <Button icon={<PlayIcon />} aria-label={`Run ${titleOf(image)} now`} onPress={() => run(image)}>
            Run it…
          </Button>
        }
      />
    );
  }
  return (
    <div className="flex-1 min-h-0 overflow-auto px-6 py-4">
      <section className="card px-4 py-2.5 max-w-[720px]" aria-label="Used by">
        <UserList
          containers={users}
          end={({ createdAt }) => (
            <span className="text-fg3">
              made <Age at={createdAt} ago />
            </span>
          )}
        />
      </section>
    </div>
  );
}
