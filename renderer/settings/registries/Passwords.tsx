import { Check, Key, Lock, Minus, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Registry } from '#contract';

/** Where passwords are kept on this computer, in words, and what is better than a password. */
export function Passwords({ registries }: { registries: readonly Registry[] }) {
  const inMemory = registries.filter(({ credentialStore }) => credentialStore === 'memory');
  const readable = registries.filter(({ credentialStore }) => credentialStore === 'config.json');
  return (
    <div className="grid grid-cols-2 max-[1039px]:grid-cols-1 gap-4 mt-5">
      <section className="card p-4" aria-labelledby="where-passwords">
        <h3 className="h2 flex items-center gap-2" id="where-passwords">
          <Lock size={15} className="text-fg3" aria-hidden="true" />
          Where your passwords are kept
        </h3>
        <p className="text-fg2 mt-1.5">
          With the docker command’s credential helper, usually this system’s keychain. Sign-ins are shared:
          what docker login knows works here, too.
        </p>
        <ul className="grid gap-1.5 mt-2.5 text-12 text-fg2">
          <Line icon={<Check size={14} className="text-ok-fg" />}>
            Gantry writes no password into a file. Without a helper it forgets them at its end.
          </Line>
          <Line icon={<Check size={14} className="text-ok-fg" />}>
            The engine gets one with each pull that needs it, and containers never do.
          </Line>
          <Line icon={<Minus size={14} className="text-fg3" />}>
            Other programs that you run can ask the helper for them.
          </Line>
          {inMemory.length > 0 && (
            <Line icon={<TriangleAlert size={14} className="text-warn-fg" />}>
              No helper is at hand: {names(inMemory)} must be signed in to again after Gantry was closed.
            </Line>
          )}
          {readable.length > 0 && (
            <Line icon={<TriangleAlert size={14} className="text-warn-fg" />}>
              The docker command has written the password for {names(readable)} into its config.json, where
              whoever reads your home folder can read it.
            </Line>
          )}
        </ul>
      </section>
      <section className="card p-4 flex gap-4 self-start">
        <Key size={16} className="text-fg3 mt-[3px] shrink-0" aria-hidden="true" />
        <div className="min-w-0">
          <h3 className="font-medium">Prefer an access token to your password</h3>
          <p className="help">
            A token can be limited to reading and be withdrawn alone. Paste it where the password goes.
          </p>
        </div>
      </section>
    </div>
  );
}

const names = (registries: readonly Registry[]) =>
  new Intl.ListFormat('en', { type: 'conjunction' }).format(registries.map(({ name }) => name));

function Line({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="flex gap-2">
      <span className="shrink-0 pt-px" aria-hidden="true">
        {icon}
      </span>
      <span className="min-w-0 wrap-anywhere">{children}</span>
    </li>
  );
}
