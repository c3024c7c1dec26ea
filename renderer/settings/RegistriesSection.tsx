import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, Lock, Plus } from 'lucide-react';
import { useState } from 'react';
import type { Registry } from '#contract';
import { Button } from '#ui/Button';
import { IconMenuButton } from '#ui/MenuButton';
import { Monogram } from '#ui/Monogram';
import { ProblemBanner } from '#ui/ProblemView';
import { Switch } from '#ui/Switch';
import { api, client } from '../data/client';
import { problemOf, runAction, showProblem } from '../data/problems';
import { AddRegistryDialog, SignInDialog } from '../discover/AddRegistryDialog';
import { cutTip } from '../ui/tip';
import { AppliesNote, SectionHead } from './parts';
import { Spot } from './Spot';
import { useSettings } from './useSettings';

type Open = { kind: 'add' } | { kind: 'sign-in'; host: string; name: string } | null;

/** Registries with their sign-ins, and which of them Discover asks. */
export function RegistriesSection() {
  const registries = useQuery(api.discover.registries.queryOptions());
  const [open, setOpen] = useState<Open>(null);
  const list = registries.data ?? [];
  return (
    <>
      <SectionHead title="Registries" term="registry" about="Where images come from" />
      <Spot setting="registries">
        {registries.error ? (
          <ProblemBanner
            problem={problemOf(registries.error)}
            onAction={(action) =>
              action.kind === 'retry' ? void registries.refetch() : void runAction(action)
            }
          />
        ) : (
          <div className="card overflow-x-auto overflow-y-hidden">
            <table className="tbl min-w-[520px]" aria-label="Registries">
              <thead>
                <tr>
                  <th>Registry</th>
                  <th>Sign-in</th>
                  <th className="!w-[96px]">In Discover</th>
                  <th className="!w-[148px]">
                    <span className="sr-only">Actions</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {list.map((registry) => (
                  <RegistryRow
                    key={registry.host}
                    registry={registry}
                    onSignIn={() => setOpen({ kind: 'sign-in', host: registry.host, name: registry.name })}
                  />
                ))}
              </tbody>
            </table>
          </div>
        )}
        <div className="mt-2.5 flex items-center gap-3">
          <Button size="sm" icon={<Plus size={14} />} onPress={() => setOpen({ kind: 'add' })}>
            Add a registry…
          </Button>
          <AppliesNote setting="registries" />
        </div>
      </Spot>
      <section className="card p-4 mt-4 flex gap-3" aria-label="Where your passwords are kept">
        <Lock size={15} className="mt-[3px] text-fg2 shrink-0" aria-hidden="true" />
        <div className="min-w-0">
          <h3 className="h2">Where your passwords are kept</h3>
          <p className="text-fg2 mt-1">
            In the credential helper that the docker command line uses, or in this system’s key store. Where
            there is neither, only in memory until Gantry ends: Gantry writes no password into a file. A
            sign-in that “docker login” made counts here too.
          </p>
        </div>
      </section>
      {open?.kind === 'add' && <AddRegistryDialog onClose={() => setOpen(null)} />}
      {open?.kind === 'sign-in' && (
        <SignInDialog host={open.host} name={open.name} onClose={() => setOpen(null)} />
      )}
    </>
  );
}

/** Sources that Discover knows without being told. */
const builtIn: Record<string, string> = { 'docker.io': 'hub', 'quay.io': 'quay' };

function RegistryRow({ registry, onSignIn }: { registry: Registry; onSignIn: () => void }) {
  const { host, name, signedInAs, credentialStore } = registry;
  const queries = useQueryClient();
  const { settings, change } = useSettings();
  const source = builtIn[host] ?? host;
  const hidden = settings?.hiddenSources ?? [];
  const act = async (work: Promise<unknown>) => {
    try {
      await work;
      await queries.invalidateQueries({ queryKey: api.discover.key() });
      await queries.invalidateQueries({ queryKey: api.app.settings.queryKey() });
    } catch (error) {
      showProblem(error);
    }
  };
  return (
    <tr className="!h-[50px]">
      <td>
        <span className="flex items-center gap-3 min-w-0">
          <Monogram name={name} size={28} />
          <span className="min-w-0">
            <span className="font-medium block truncate">{name}</span>
            {name !== host && <span className="mono text-11 text-fg3 block truncate">{host}</span>}
          </span>
        </span>
      </td>
      <td>
        <SignInState signedInAs={signedInAs} store={credentialStore} />
      </td>
      <td>
        <span className="flex">
          <Switch
            aria-label={`Search ${name}`}
            on={!hidden.includes(source)}
            onChange={(on) =>
              change({ hiddenSources: on ? hidden.filter((id) => id !== source) : [...hidden, source] })
            }
          />
        </span>
      </td>
      <td>
        <span className="flex items-center justify-end gap-1.5">
          {signedInAs === null ? (
            <Button size="sm" aria-label={`Sign in to ${name}`} onPress={onSignIn}>
              Sign in…
            </Button>
          ) : (
            <Button
              size="sm"
              aria-label={`Sign out of ${name}`}
              disabledReason={
                credentialStore === 'config.json'
                  ? 'docker login made this sign-in; “docker logout” ends it'
                  : undefined
              }
              onPress={() => void act(client.discover.signOut({ host }))}
            >
              Sign out
            </Button>
          )}
          {builtIn[host] === undefined && (
            <IconMenuButton
              aria-label={`More for ${name}`}
              items={[
                {
                  id: 'remove',
                  label: 'Remove from the list',
                  danger: true,
                  onAction: () => void act(client.discover.removeRegistry({ host })),
                },
              ]}
            />
          )}
        </span>
      </td>
    </tr>
  );
}

const storeWords: Record<string, string> = {
  memory: 'only until Gantry ends',
  'config.json': 'by docker login, in a readable file',
};

function SignInState({ signedInAs, store }: { signedInAs: string | null; store: string | null }) {
  return (
    <span className="block min-w-0 py-1.5">
      <span className="flex items-center gap-1.5 min-w-0">
        {signedInAs !== null && <Check size={14} className="text-ok-fg shrink-0" aria-hidden="true" />}
        {signedInAs === null ? (
          'Not signed in'
        ) : (
          <span className="truncate" {...cutTip(signedInAs)}>
            as <bdi>{signedInAs}</bdi>
          </span>
        )}
      </span>
      <span className="help block whitespace-normal">
        {signedInAs === null ? 'Public images work' : (storeWords[store ?? ''] ?? `kept by ${store}`)}
      </span>
    </span>
  );
}
