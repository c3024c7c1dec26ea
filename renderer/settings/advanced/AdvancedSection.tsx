import { useQuery } from '@tanstack/react-query';
import { Button } from '#ui/Button';
import { CopyButton } from '#ui/CopyButton';
import { api, client } from '../../data/client';
import { showProblem } from '../../data/problems';
import type { GantryDesktop } from '../../shell/desktop';
import { saveText } from '../../ui/saveText';
import { SectionHead, SettingRow } from '../parts';
import { ImportRow } from './ImportRow';
import { useForgetSettings } from './useForgetSettings';

/** Where everything is kept, and the settings as a whole. */
export function AdvancedSection() {
  const forget = useForgetSettings();
  return (
    <>
      <SectionHead title="Advanced" about="Where everything is kept, and the settings as a whole" />
      <div className="card divide-y divide-line">
        <DataFolder />
        <SettingRow setting="exportSettings">
          <Button size="sm" onPress={() => void exportSettings().catch(showProblem)}>
            Export…
          </Button>
        </SettingRow>
        <ImportRow />
        <SettingRow setting="forgetSettings">
          <Button size="sm" onPress={forget.ask}>
            Forget settings…
          </Button>
        </SettingRow>
      </div>
      {forget.dialog}
    </>
  );
}

async function exportSettings(): Promise<void> {
  const { name, text } = await client.app.exportSettings();
  await saveText(name, [text]);
}

async function openFolder(desktop: GantryDesktop): Promise<void> {
  const why = await desktop.openDataFolder();
  if (why !== '') throw new Error(`The system could not open the folder. ${why}`);
}

function DataFolder() {
  const { data } = useQuery(api.app.info.queryOptions());
  const desktop = window.gantryDesktop;
  const folder = data?.dataFolder;
  return (
    <SettingRow
      setting="dataFolder"
      help={
        <>
          Settings, logs and the VM’s files. Gantry keeps them here and nowhere else.
          <bdi className="mono block text-fg2 wrap-anywhere select-text">{folder}</bdi>
        </>
      }
    >
      {desktop ? (
        <Button size="sm" onPress={() => void openFolder(desktop).catch(showProblem)}>
          Open folder
        </Button>
      ) : (
        folder !== undefined && <CopyButton label="Copy the path" text={folder} />
      )}
    </SettingRow>
  );
}
