import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { loginItem as loginItemSchema } from '#contract/desktop';
import { Switch } from '#ui/Switch';
import { showProblem } from '../data/problems';
import type { GantryDesktop } from '../shell/desktop';
import { SettingRow } from './parts';

const queryKey = ['login item'];

/** Whether the system starts Gantry at login, as the system has it now. */
export function LoginItemRow({ loginItem }: { loginItem: GantryDesktop['loginItem'] }) {
  const queries = useQueryClient();
  // The system's own settings may change it, too, while this window is in the background.
  const { data } = useQuery({
    queryKey,
    queryFn: async () => loginItemSchema.parse(await loginItem.read()),
    staleTime: 0,
    refetchOnWindowFocus: true,
  });
  const { mutate } = useMutation({
    mutationFn: async (on: boolean) => loginItemSchema.parse(await loginItem.set(on)),
    onSuccess: (now) => queries.setQueryData(queryKey, now),
    onError: (error) => showProblem(error),
  });
  const why = data?.why;
  return (
    <SettingRow
      setting="loginItem"
      help={
        why && (
          <span role="status" className="text-warn-fg wrap-anywhere">
            {why}
          </span>
        )
      }
    >
      {data && <Switch aria-label="Start at login" on={data.on} onChange={(on) => mutate(on)} />}
    </SettingRow>
  );
}
