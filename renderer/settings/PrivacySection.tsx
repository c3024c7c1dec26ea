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
          setting="privacySearch"
          help={`Your searches in Discover, and the names of images whose tags you open, go to ${list(hosts)}.`}
        >
          <Button size="sm" onPress={() => navigate({ page: 'settings', section: 'registries' })}>
            Choose registries
          </Button>
        </SettingRow>
        <SettingRow setting="privacyImages" />
        <SettingRow setting="privacyTroubleshooting">
          <Button size="sm" onPress={() => navigate({ page: 'settings', section: 'troubleshoot' })}>
            Troubleshoot
          </Button>
        </SettingRow>
        <SettingRow setting="privacyProxy">
          <Button size="sm" onPress={() => navigate({ page: 'settings', section: 'network' })}>
            Network
          </Button>
        </SettingRow>
        <SettingRow setting="privacyUpdates" help={updateWords}>
          {window.gantryDesktop && (
            <Button size="sm" onPress={() => navigate({ page: 'settings', section: 'updates' })}>
              Updates
            </Button>
          )}
        </SettingRow>
        <SettingRow setting="privacyElse" />
      </div>
    </>
  );
}

const updateWords = window.gantryDesktop ? undefined : 'In the browser, Gantry does not look for updates.';

const list = (hosts: readonly string[]) =>
  hosts.length === 0 ? 'nobody' : new Intl.ListFormat('en').format(hosts);
