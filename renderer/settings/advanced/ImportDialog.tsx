import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SettingChange, Settings } from '#contract';
import { Button } from '#ui/Button';
import { Dialog, DialogButtons } from '#ui/Dialog';
import { Loading } from '#ui/Loading';
import { ProblemBanner } from '#ui/ProblemView';
import { api, client } from '../../data/client';
import { problemOf, runAction, showProblem } from '../../data/problems';
import { plural } from '../../ui/format';
import { showToast } from '../../ui/toasts';
import { AppliesNote } from '../parts';
import { rowNamed, valueWords } from './words';

/** What a file of settings would change, before it does. */
export function ImportDialog({
  name,
  text,
  onClose,
}: {
  name: string;
  text: Promise<string>;
  onClose: () => void;
}) {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const preview = useQuery({
    queryKey: ['settings file', name],
    queryFn: async () => client.app.previewSettings({ text: await text }),
    staleTime: 0,
    gcTime: 0,
  });
  const changes = preview.data?.changes ?? [];
  const failed = failure ?? preview.error;

  const show = (settings: Settings) => {
    queries.setQueryData(api.app.settings.queryKey(), settings);
    void queries.invalidateQueries({ queryKey: api.discover.key() });
  };
  const restore = (before: Settings) => client.app.changeSettings(before).then(show, showProblem);

  async function apply() {
    if (busy || changes.length === 0) return;
    setBusy(true);
    setFailure(null);
    try {
      const before = await client.app.importSettings({ text: await text });
      await queries.invalidateQueries({ queryKey: api.app.settings.queryKey() });
      void queries.invalidateQueries({ queryKey: api.discover.key() });
      showToast({
        kind: 'success',
        title: `${plural(changes.length, 'setting')} imported`,
        text: 'The file from before is kept beside the new one.',
        undo: () => void restore(before),
      });
      onClose();
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  }

  return (
    <Dialog
      width={600}
      title="Import settings"
      subtitle={<bdi className="wrap-anywhere">{name}</bdi>}
      onClose={onClose}
      onConfirm={() => void apply()}
      footer={
        <>
          {changes.length > 0 && <span className="text-12 text-fg3">You can undo this for 8 seconds</span>}
          <DialogButtons>
            <Button onPress={onClose}>{changes.length > 0 ? 'Cancel' : 'Close'}</Button>
            {changes.length > 0 && (
              <Button variant="primary" busy={busy} onPress={() => void apply()}>
                Change {plural(changes.length, 'setting')}
              </Button>
            )}
          </DialogButtons>
        </>
      }
    >
      <div className="px-5 pt-3 pb-5 grid gap-3">
        {failed !== null && (
          <ProblemBanner problem={problemOf(failed)} onAction={(action) => void runAction(action)} />
        )}
        {preview.isPending && <Loading />}
        {preview.data && changes.length === 0 && <p>All settings in this file are as they are here.</p>}
        {changes.length > 0 && <Changes changes={changes} />}
        {preview.data && preview.data.unknown.length > 0 && (
          <p className="help">
            Left out, as this Gantry does not know it:{' '}
            <span className="mono wrap-anywhere">{preview.data.unknown.join(', ')}</span>
          </p>
        )}
      </div>
    </Dialog>
  );
}

function Changes({ changes }: { changes: readonly SettingChange[] }) {
  return (
    <table className="w-full text-left table-fixed" aria-label="What would change">
      <thead>
        <tr className="cap border-b border-line">
          <th className="py-1.5 w-[40%] font-medium">Setting</th>
          <th className="py-1.5 font-medium">Now</th>
          <th className="py-1.5 font-medium">After</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ key, before, after }) => {
          const { title, setting } = rowNamed(key);
          return (
            <tr key={key} className="border-b border-line align-top">
              <th scope="row" className="py-2 pr-3 font-medium">
                <span className="block">{title}</span>
                {setting && <AppliesNote setting={setting} />}
              </th>
              <td className="py-2 pr-3 text-fg3 line-through wrap-anywhere">{valueWords(key, before)}</td>
              <td className="py-2">
                <span className="rounded-4 bg-accent-soft px-1 font-strong wrap-anywhere">
                  {valueWords(key, after)}
                </span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
