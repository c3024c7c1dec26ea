import { useState } from 'react';
import { Button } from '#ui/Button';
import { SettingTitle } from '../parts';
import { Spot } from '../Spot';
import { MoveDiskDialog } from './MoveDiskDialog';

/** Where the file of the VM's disk is. */
export function DiskPlace({ folder, path }: { folder: string | null; path: string | null }) {
  const [moving, setMoving] = useState(false);
  return (
    <section className="card mb-4" aria-label="Place of the disk">
      <Spot setting="diskPlace" className="flex items-center gap-4 px-5 py-3">
        <div className="min-w-0">
          <SettingTitle setting="diskPlace" />
          {path === null && <div className="help">It is made at the first start.</div>}
          {path !== null && <div className="mono text-12 text-fg2 wrap-anywhere select-text">{path}</div>}
        </div>
        <span className="ml-auto shrink-0">
          <Button
            size="sm"
            disabledReason={path === null ? 'There is no disk yet' : undefined}
            onPress={() => setMoving(true)}
          >
            Move…
          </Button>
        </span>
      </Spot>
      {moving && <MoveDiskDialog folder={folder} onClose={() => setMoving(false)} />}
    </section>
  );
}
