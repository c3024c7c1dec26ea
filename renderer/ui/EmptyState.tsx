import type { ReactNode } from 'react';

/** What a place holds, one way to fill it, one link to learn. Filtered, stopped and offline say different things. */
export function EmptyState({
  title,
  text,
  picture,
  actions,
  children,
  compact,
}: {
  title: string;
  text?: ReactNode;
  picture?: ReactNode;
  /** Buttons; one primary. */
  actions?: ReactNode;
  /** Suggestions below. */
  children?: ReactNode;
  /** Inside a card or table rather than on a page. */
  compact?: boolean;
}) {
  return (
    <div
      className={compact ? 'flex flex-col items-center py-10 px-6' : 'flex flex-col items-center pt-14 px-6'}
    >
      {picture}
      <h2 className={compact ? 'h2' : 'text-20 font-strong mt-5 tracking-[-0.012em]'}>{title}</h2>
      {text && (
        <p
          className={`${compact ? 'mt-1' : 'text-14 mt-1.5'} text-fg2 max-w-[480px] text-center text-balance wrap-anywhere`}
        >
          {text}
        </p>
      )}
      {actions && <div className="flex gap-2.5 mt-5">{actions}</div>}
      {children && <div className="w-full max-w-[760px] mt-10">{children}</div>}
    </div>
  );
}
