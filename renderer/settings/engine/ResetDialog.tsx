import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { VmContents } from '#contract';
import type { ProblemAction } from '#contract/problem';
import { Button } from '#ui/Button';
import { Checkbox } from '#ui/Checkbox';
import { Dialog, DialogButtons } from '#ui/Dialog';
import { Loading } from '#ui/Loading';
import { NameList } from '#ui/NameList';
import { ProblemBanner } from '#ui/ProblemView';
import { TextField } from '#ui/TextField';
import { api, client } from '../../data/client';
import { problemOf, runAction } from '../../data/problems';
import { formatBytes, formatMemory, plural } from '../../ui/format';
import { showToast } from '../../ui/toasts';
import { pathProblem } from '../vm/rules';

const WORD = 'reset';

/** Names all that a reset deletes, offers to save the volumes first, and wants a word typed. */
export function ResetDialog({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const contents = useQuery({ ...api.vm.contents.queryOptions(), staleTime: 0, gcTime: 0 });
  const [saves, setSaves] = useState(true);
  const [folder, setFolder] = useState('');
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const anyVolume = (contents.data?.volumes.length ?? 0) > 0;
  const exports = anyVolume && saves;
  const folderProblem = exports ? pathProblem(folder.trim(), [], 'folder') : undefined;
  // An engine that cannot be started cannot tell what is in it, and is what a reset is for.
  const read = contents.data !== undefined || contents.error !== null;
  const ready = read && typed === WORD;

  async function reset() {
    setTried(true);
    if (!ready || folderProblem !== undefined || busy) return;
    setBusy(true);
    setFailure(null);
    try {
      await client.vm.reset({ exportTo: exports ? folder.trim() : null });
      await queries.invalidateQueries({ queryKey: api.vm.key() });
      showToast({
        kind: 'success',
        title: 'The virtual machine was reset',
        text: exports ? `Its volumes are in ${folder.trim()}.` : undefined,
      });
      onClose();
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  }

  const failed = failure ?? contents.error;
  const repair = (action: ProblemAction) => {
    if (action.kind !== 'retry') return void runAction(action);
    setFailure(null);
    if (contents.error) void contents.refetch();
    else void reset();
  };
  return (
    <Dialog
      role="alertdialog"
      title="Reset the virtual machine?"
      subtitle="Its disk is deleted with everything on it. That cannot be undone."
      onClose={onClose}
      onConfirm={() => void reset()}
      footer={
        <DialogButtons>
          <Button onPress={onClose} autoFocus>
            Cancel
          </Button>
          <Button
            variant="danger"
            busy={busy}
            disabledReason={
              !read ? 'Gantry reads what is in it first' : typed === WORD ? undefined : `Type ${WORD} first`
            }
            onPress={() => void reset()}
          >
            {busy ? (exports ? 'Saving, then resetting…' : 'Resetting…') : 'Reset'}
          </Button>
        </DialogButtons>
      }
    >
      <div className="px-5 pt-3 pb-5 grid gap-4">
        {contents.data ? (
          <>
            <Contents contents={contents.data} />
            {anyVolume && (
              <div className="grid gap-2">
                <Checkbox checked={saves} onChange={setSaves}>
                  <span>Export volumes first, each as a .tar file</span>
                </Checkbox>
                {saves && (
                  <TextField
                    label="To this folder"
                    mono
                    value={folder}
                    onChange={setFolder}
                    placeholder="/home/me/volumes"
                    error={tried ? folderProblem : undefined}
                    help="Nothing is deleted unless all of them were saved."
                  />
                )}
              </div>
            )}
          </>
        ) : contents.error ? (
          <p className="text-fg2">
            The engine could not be started, so what is in it cannot be named or saved. All of it goes: every
            container, image, network and volume.
          </p>
        ) : (
          <div>
            <Loading />
            <p className="help px-6">
              Gantry reads what is in the VM. If it does not run, it is started for this.
            </p>
          </div>
        )}
        {failed !== null && <ProblemBanner problem={problemOf(failed)} onAction={repair} />}
        {read && <TextField label={`Type ${WORD} to confirm`} value={typed} onChange={setTyped} />}
      </div>
    </Dialog>
  );
}

function Contents({
  contents: { containers, images, networks, volumes, diskBytes },
}: {
  contents: VmContents;
}) {
  return (
    <div className="grid gap-2">
      <p className="text-fg2">
        {plural(containers, 'container')}, {plural(images, 'image')}, {plural(networks, 'network')} and{' '}
        {plural(volumes.length, 'volume')} go, {formatMemory(diskBytes)} in all.
      </p>
      {volumes.length > 0 && (
        <NameList
          things={volumes.map(({ name, bytes }) => ({
            key: name,
            name,
            note: bytes === null ? 'size unknown' : formatBytes(bytes),
          }))}
        />
      )}
    </div>
  );
}
