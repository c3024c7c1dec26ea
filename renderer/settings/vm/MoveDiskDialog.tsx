import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { RadioGroup } from '#ui/RadioGroup';
import { TextField } from '#ui/TextField';
import { api, client } from '../../data/client';
import { FormDialog } from '../../shell/FormDialog';
import { pathProblem } from './rules';

/** Moves the disk to another folder. The old file goes only when the new one was checked. */
export function MoveDiskDialog({ folder, onClose }: { folder: string | null; onClose: () => void }) {
  const queries = useQueryClient();
  const [place, setPlace] = useState<'own' | 'other'>('other');
  const [path, setPath] = useState('');
  const wanted = place === 'own' ? null : path.trim();
  const problem =
    wanted === null
      ? undefined
      : wanted === folder
        ? 'The disk is there already'
        : pathProblem(wanted, [], 'folder');
  return (
    <FormDialog
      title="Move the disk"
      subtitle="The engine stops, the file is copied and checked, then the old one is deleted. That takes minutes for a large disk."
      confirmLabel="Move the disk"
      wrong={problem === undefined ? 0 : 1}
      onConfirm={async () => {
        await client.vm.moveDisk({ folder: wanted });
        await Promise.all([
          queries.invalidateQueries({ queryKey: api.vm.key() }),
          queries.invalidateQueries({ queryKey: api.app.settings.queryKey() }),
        ]);
      }}
      onClose={onClose}
    >
      {(tried) => (
        <>
          {folder !== null && (
            <RadioGroup
              label="To"
              value={place}
              onChange={setPlace}
              options={[
                { value: 'other', label: 'Another folder' },
                { value: 'own', label: 'Gantry’s own folder' },
              ]}
            />
          )}
          {place === 'other' && (
            <TextField
              label="Folder"
              mono
              autoFocus
              value={path}
              onChange={setPath}
              placeholder="/mnt/large/gantry"
              error={tried ? problem : undefined}
              help="On a disk of this computer. A network drive may lose data when it goes away."
            />
          )}
        </>
      )}
    </FormDialog>
  );
}
