import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { api, client } from '../../data/client';
import { showProblem } from '../../data/problems';
import { showToast } from '../../ui/toasts';

/** Goes back to the first settings after a question. `dialog` has to be drawn. */
export function useForgetSettings(onForgotten?: () => void): { ask: () => void; dialog: ReactNode } {
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);

  async function forget() {
    try {
      await client.diagnostics.fix({ repair: 'settings' });
      await queries.invalidateQueries({ queryKey: api.app.settings.queryKey() });
      showToast({ kind: 'success', title: 'All settings are back to their defaults' });
      onForgotten?.();
    } catch (error) {
      showProblem(error, () => void forget());
    }
  }

  return {
    ask: () => setAsking(true),
    dialog: asking && (
      <ConfirmDialog
        title="Forget Gantry’s settings?"
        explanation="All settings go back to their defaults: Gantry looks for an engine by itself, and your own registries leave its list. The size and place of the VM’s disk stay."
        confirmLabel="Forget settings"
        onConfirm={() => void forget()}
        onClose={() => setAsking(false)}
      />
    ),
  };
}
