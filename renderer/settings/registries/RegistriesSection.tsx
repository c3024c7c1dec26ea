import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { Registry } from '#contract';
import { Button } from '#ui/Button';
import { ProblemBanner } from '#ui/ProblemView';
import { SkeletonRows } from '#ui/Skeleton';
import { problemOf } from '../../data/problems';
import { AddRegistryDialog, SignInDialog } from '../../discover/AddRegistryDialog';
import { Passwords } from './Passwords';
import { RegistryTable } from './RegistryTable';
import { useRegistries } from './useRegistries';

export function RegistriesSection() {
  const registries = useRegistries();
  const [adding, setAdding] = useState(false);
  const [signingIn, setSigningIn] = useState<Registry | null>(null);
  return (
    <div className="max-w-[900px]">
      {registries.error ? (
        <ProblemBanner problem={problemOf(registries.error)} onAction={registries.retry} />
      ) : registries.loaded ? (
        <RegistryTable builtIn={registries.builtIn} own={registries.own} onSignIn={setSigningIn} />
      ) : (
        <SkeletonRows headers={['Registry', 'Sign-in', 'Search']} rows={2} label="Loading registries" />
      )}
      <div className="mt-2.5">
        <Button size="sm" icon={<Plus size={14} />} aria-haspopup="dialog" onPress={() => setAdding(true)}>
          Add a registry…
        </Button>
      </div>
      <Passwords registries={[...registries.builtIn, ...registries.own]} />
      {adding && <AddRegistryDialog onClose={() => setAdding(false)} />}
      {signingIn && (
        <SignInDialog host={signingIn.host} name={signingIn.name} onClose={() => setSigningIn(null)} />
      )}
    </div>
  );
}
