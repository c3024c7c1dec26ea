import type { ReactNode } from 'react';

/** Settings that belong together, as the lines of one card. */
export function SettingRows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section className="card divide-y divide-line max-w-[760px]" aria-label={label}>
      {children}
    </section>
  );
}

/** What a setting is called, what it does, and its control at the right. */
export function SettingRow({ label, help, children }: { label: string; help: string; children: ReactNode }) {
  return (
    <div className="flex items-center gap-4 px-4 py-3">
      <div className="min-w-0">
        <div className="lbl">{label}</div>
        <div className="help">{help}</div>
      </div>
      <span className="ml-auto shrink-0">{children}</span>
    </div>
  );
}
