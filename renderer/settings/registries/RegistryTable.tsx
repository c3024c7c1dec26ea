import { Check, LockOpen, Trash2 } from 'lucide-react';
import type { Registry } from '#contract';
import { Badge } from '#ui/Badge';
import { Button } from '#ui/Button';
import { IconMenuButton } from '#ui/MenuButton';
import { Monogram } from '#ui/Monogram';
import { Switch } from '#ui/Switch';
import { cutTip } from '#ui/tip';
import { showToast } from '#ui/toasts';
import { client } from '../../data/client';
import { showProblem } from '../../data/problems';
import { useSettings } from '../useSettings';
import { useRegistriesChanged } from './useRegistries';
import { signInWords } from './words';

/** Ids of the public sources in `hiddenSources`; other registries go by their host. */
const sourceIds: Record<string, string> = { 'docker.io': 'hub', 'quay.io': 'quay' };

export function RegistryTable({
  builtIn,
  own,
  onSignIn,
}: {
  builtIn: readonly Registry[];
  own: readonly Registry[];
  onSignIn: (registry: Registry) => void;
}) {
  return (
    <section className="card overflow-hidden">
      <table className="tbl [--g-row:50px]" aria-label="Registries">
        <colgroup>
          <col />
          <col style={{ width: '34%' }} />
          <col style={{ width: 92 }} />
          <col style={{ width: 136 }} />
        </colgroup>
        <thead>
          <tr>
            <th>Registry</th>
            <th>Sign-in</th>
            <th>Discover</th>
            <th>
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {builtIn.map((registry) => (
            <Row key={registry.host} registry={registry} onSignIn={onSignIn} />
          ))}
          {own.map((registry) => (
            <Row key={registry.host} registry={registry} onSignIn={onSignIn} removable />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps {
  registry: Registry;
  onSignIn: (registry: Registry) => void;
  /** One that the user added. */
  removable?: boolean;
}

function Row({ registry, onSignIn, removable = false }: RowProps) {
  const { host, name } = registry;
  return (
    <tr>
      <td>
        <span className="flex items-center gap-3">
          <Monogram name={name} size={28} />
          <span className="min-w-0">
            <span className="font-medium leading-[18px] flex items-center gap-1.5">
              <bdi className="truncate" {...cutTip(name)}>
                {name}
              </bdi>
              {registry.insecure && (
                <Badge icon={<LockOpen size={11} />} tooltip="Asked by plain HTTP, on this computer only">
                  HTTP
                </Badge>
              )}
            </span>
            {name !== host && (
              <bdi className="block text-fg3 mono !text-[11px] !leading-4 truncate">{host}</bdi>
            )}
          </span>
        </span>
      </td>
      <td>
        <SignInState registry={registry} publicToo={!removable} />
      </td>
      <td>
        <AskedSwitch registry={registry} />
      </td>
      <td className="!pr-3">
        <span className="flex justify-end items-center gap-1">
          <RowActions registry={registry} onSignIn={onSignIn} removable={removable} />
        </span>
      </td>
    </tr>
  );
}

function SignInState({ registry, publicToo }: { registry: Registry; publicToo: boolean }) {
  const words = signInWords(registry);
  if (words === null) {
    return (
      <span className="text-fg3">{publicToo ? 'not signed in, public images work' : 'not signed in'}</span>
    );
  }
  return (
    <span className="flex items-center gap-2 min-w-0">
      <Check size={14} className="text-ok-fg shrink-0" aria-hidden="true" />
      <bdi className="truncate" {...cutTip(words)}>
        {words}
      </bdi>
    </span>
  );
}

/** Whether Discover sends what is searched for to this registry. */
function AskedSwitch({ registry: { host, name } }: { registry: Registry }) {
  const { settings, change } = useSettings();
  const changed = useRegistriesChanged();
  if (!settings) return null;
  const id = sourceIds[host] ?? host;
  const hidden = settings.hiddenSources;
  async function ask(on: boolean) {
    const others = hidden.filter((source) => source !== id);
    await change({ hiddenSources: on ? others : [...others, id] });
    await changed();
  }
  return (
    <Switch
      aria-label={`Search ${name} in Discover`}
      on={!hidden.includes(id)}
      onChange={(on) => void ask(on)}
    />
  );
}

function RowActions({ registry, onSignIn, removable }: RowProps) {
  const { host, name, signedInAs, credentialStore } = registry;
  const changed = useRegistriesChanged();
  async function act(work: () => Promise<void>, title: string) {
    try {
      await work();
      showToast({ kind: 'success', title });
    } catch (error) {
      showProblem(error, () => void act(work, title));
    }
    await changed();
  }
  return (
    <>
      {signedInAs === null ? (
        <Button size="sm" aria-label={`Sign in to ${name}`} onPress={() => onSignIn(registry)}>
          Sign in…
        </Button>
      ) : (
        <Button
          size="sm"
          aria-label={`Sign out of ${name}`}
          disabledReason={
            credentialStore === 'config.json'
              ? `The docker command keeps this one: use docker logout${host === 'docker.io' ? '' : ` ${host}`}`
              : undefined
          }
          onPress={() => void act(() => client.discover.signOut({ host }), `Signed out of ${name}`)}
        >
          Sign out
        </Button>
      )}
      {removable && (
        <IconMenuButton
          aria-label={`Actions for ${name}`}
          items={[
            {
              id: 'remove',
              label: 'Remove from the list',
              icon: <Trash2 size={15} />,
              onAction: () =>
                void act(() => client.discover.removeRegistry({ host }), `${name} is off the list`),
            },
          ]}
        />
      )}
    </>
  );
}
