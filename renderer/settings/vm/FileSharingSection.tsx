import { useQuery } from '@tanstack/react-query';
import { Folder, X } from 'lucide-react';
import type { VmSettings } from '#contract';
import { maxSharedFolders } from '#contract/vm-limits';
import { IconButton } from '#ui/IconButton';
import { SegmentedControl } from '#ui/SegmentedControl';
import { api } from '../../data/client';
import { cutTip } from '../../ui/tip';
import { AppliesNote, SectionHead } from '../parts';
import { Spot } from '../Spot';
import { useVmSettings } from './draft';
import { PathAdder } from './PathAdder';
import { VmNotice } from './VmNotice';

type SharedFolder = VmSettings['folders'][number];

/** Folders of this computer that containers in the VM can be given. */
export function FileSharingSection() {
  const { shown, edit } = useVmSettings();
  const { data: host } = useQuery(api.vm.host.queryOptions());
  if (!shown) return null;
  const { folders } = shown;
  const change = (path: string, writable: boolean) =>
    edit({ folders: folders.map((folder) => (folder.path === path ? { path, writable } : folder)) });
  return (
    <>
      <SectionHead
        title="File sharing"
        term="mount"
        about="Folders of this computer that containers may be given"
      />
      <VmNotice host={host} />
      <section className="card" aria-label="Shared folders">
        <Spot setting="folders">
          <p className="px-5 pt-2.5 -mb-1 leading-4">
            <AppliesNote setting="folders" />
          </p>
          {folders.length === 0 ? (
            <p className="px-5 py-3.5 text-fg2">
              No folder is shared. Containers keep their data in volumes and see no file of this computer.
            </p>
          ) : (
            <ul className="divide-y divide-line">
              {folders.map((folder) => (
                <FolderRow
                  key={folder.path}
                  folder={folder}
                  onChange={(writable) => change(folder.path, writable)}
                  onRemove={() => edit({ folders: folders.filter(({ path }) => path !== folder.path) })}
                />
              ))}
            </ul>
          )}
          <div className="border-t border-line px-5 py-3">
            <PathAdder
              label="Another folder"
              what="folder"
              placeholder="/home/me/projects"
              known={folders.map(({ path }) => path)}
              most={maxSharedFolders}
              onAdd={(path) => edit({ folders: [...folders, { path, writable: true }] })}
            />
          </div>
        </Spot>
      </section>
      <section className="card px-5 py-3.5 mt-4 grid gap-3" aria-label="How sharing works">
        <Fact title="The same path inside">
          A shared folder has the same path in the virtual machine, so{' '}
          <code className="mono">docker run -v /home/me/site:/site …</code> works as if there were no VM. A
          container sees a folder only if you mount it.
        </Fact>
        <Fact title="What it costs">
          Files in a shared folder are read and written about half as fast as in a volume, as each access goes
          through the VM’s wall. Source code is fine there. Databases belong in a volume.
        </Fact>
        <Fact title="Sleep waits">
          While a running container uses a shared folder, the virtual machine cannot be put to sleep.
        </Fact>
      </section>
    </>
  );
}

function FolderRow({
  folder: { path, writable },
  onChange,
  onRemove,
}: {
  folder: SharedFolder;
  onChange: (writable: boolean) => void;
  onRemove: () => void;
}) {
  return (
    <li className="flex items-center gap-3 px-5 h-[50px]">
      <Folder size={15} className="text-fg3 shrink-0" aria-hidden="true" />
      <bdi className="mono truncate min-w-0" {...cutTip(path)}>
        {path}
      </bdi>
      <span className="ml-auto flex items-center gap-2 shrink-0">
        <SegmentedControl
          label={`What containers may do in ${path}`}
          size="sm"
          value={writable ? 'write' : 'read'}
          onChange={(next) => onChange(next === 'write')}
          segments={[
            { value: 'write', label: 'Writable' },
            { value: 'read', label: 'Read only' },
          ]}
        />
        <IconButton size="sm" aria-label={`Stop sharing ${path}`} onPress={onRemove}>
          <X size={14} />
        </IconButton>
      </span>
    </li>
  );
}

function Fact({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <h3 className="lbl">{title}</h3>
      <p className="text-12 text-fg2 leading-[17px] max-w-[640px]">{children}</p>
    </div>
  );
}
