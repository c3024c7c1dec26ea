import { useQuery } from '@tanstack/react-query';
import { Button } from '#ui/Button';
import { api } from '../data/client';
import { navigate } from '../shell/router';
import { SectionHead, SettingRow } from './parts';

/** What leaves this computer, when, and to whom. */
export function PrivacySection() {
  const sources = useQuery(api.discover.sources.queryOptions()).data ?? [];
  const hosts = sources.map(({ host }) => host);
  return (
    <>
      <SectionHead title="Privacy" about="What leaves this computer, and to whom" />
      <div className="card divide-y divide-line">
        <SettingRow
          title="Searching"
          help={`What you search for in Discover, and the images whose tags you open, are asked of ${list(hosts)}.`}
        >
          <Button size="sm" onPress={() => navigate({ page: 'settings', section: 'registries' })}>
            Choose registries
          </Button>
        </SettingRow>
        <SettingRow
          title="Images"
          help="The engine asks an image’s registry for it when you pull it, or run it for the first time."
        >
          {null}
        </SettingRow>
        <SettingRow
          title="Troubleshooting"
          help="The checks look up the address of Docker Hub at your name server, and ask Docker Hub itself only when you say so. A report stays in the folder that you name."
        >
          <Button size="sm" onPress={() => navigate({ page: 'settings', section: 'troubleshoot' })}>
            Troubleshoot
          </Button>
        </SettingRow>
        <SettingRow title="Updates" help={updateWords}>
          {window.gantryDesktop ? (
            <Button size="sm" onPress={() => navigate({ page: 'settings', section: 'updates' })}>
              Updates
            </Button>
          ) : null}
        </SettingRow>
        <SettingRow
          title="Nothing else"
          help="Gantry has no account, counts nothing and shows no advertising. Only a copy of its source fetches more: what it is built of, and the VM’s image."
        >
          {null}
        </SettingRow>
      </div>
    </>
  );
}

const updateWords = window.gantryDesktop
  ? 'The window asks the makers’ server which version is the newest, when you press Check now, or once a day if you switch that on. The server sees your network address, and nothing that tells you from others.'
  : 'In the browser, Gantry does not look for updates.';

const list = (hosts: readonly string[]) =>
  hosts.length === 0 ? 'nobody' : new Intl.ListFormat('en').format(hosts);
