import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Tool, Tools } from '#contract';
import { pathWords, toolWords } from '#contract/tool-words';
import { Button } from '#ui/Button';
import { Switch } from '#ui/Switch';
import { api } from '../data/client';
import { showProblem } from '../data/problems';
import { SettingRow } from './parts';
import { settingOf } from './table';

const isMissing = ({ state, why }: Tool) => state === 'absent' && why === null;

/** Tools of which the same is to be said, on one line. */
function linesOf(tools: readonly Tool[]): { names: string; words: string }[] {
  const names = new Map<string, string[]>();
  for (const tool of tools) {
    const words = toolWords(tool);
    names.set(words, [...(names.get(words) ?? []), tool.name]);
  }
  return [...names].map(([words, of]) => ({ names: of.join(', '), words }));
}

/** Commands that Gantry puts on the PATH when it is asked to, and what is there already. */
export function ToolsRow() {
  const queries = useQueryClient();
  // Installing docker in another way changes it, too, while this window is in the background.
  const { data } = useQuery(api.tools.status.queryOptions({ staleTime: 0, refetchOnWindowFocus: true }));
  const ends = {
    onSuccess: (now: Tools) => queries.setQueryData(api.tools.status.queryKey(), now),
    onError: (error: Error) => showProblem(error),
  };
  const install = useMutation(api.tools.install.mutationOptions(ends));
  const remove = useMutation(api.tools.remove.mutationOptions(ends));
  const tools = data?.tools ?? [];
  const on = tools.some(({ state }) => state === 'linked');
  const missing = tools.some(isMissing);
  const more = on && (missing || tools.some(({ newer }) => newer !== null));
  const busy = install.isPending || remove.isPending;
  return (
    <SettingRow setting="tools" help={<Help data={data} on={on} copying={install.isPending} />}>
      <span className="flex items-center gap-3">
        {more && (
          <Button size="sm" busy={busy} onPress={() => install.mutate(undefined)}>
            Bring up to date
          </Button>
        )}
        {(on || missing) && (
          <Switch
            aria-label={settingOf('tools').title}
            on={on || install.isPending}
            disabled={busy}
            onChange={(wanted) => (wanted ? install : remove).mutate(undefined)}
          />
        )}
      </span>
    </SettingRow>
  );
}

function Help({ data, on, copying }: { data: Tools | undefined; on: boolean; copying: boolean }) {
  return (
    <>
      {settingOf('tools').help}
      {data && (
        <ul className="mt-1.5 grid gap-0.5 text-12">
          {linesOf(data.tools).map(({ names, words }) => (
            <li key={names} className="wrap-anywhere">
              <span className="mono text-fg2">{names}</span>: {words}
            </li>
          ))}
        </ul>
      )}
      <span role="status">
        {copying
          ? 'Copying them out of the image of the virtual machine…'
          : on &&
            data?.notOnPath && (
              <span className="block mt-1.5 wrap-anywhere">{pathWords(data.notOnPath)}</span>
            )}
      </span>
    </>
  );
}
