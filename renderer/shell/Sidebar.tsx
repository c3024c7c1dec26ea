import type { ReactNode } from 'react';
import { classes } from '../ui/classes';
import { GantryMark } from '../ui/icons';
import { StateGlyph } from '../ui/StateGlyph';
import { railTip } from '../ui/tip';
import { PAGES, type Page } from './pages';
import { navigate, useRouter } from './router';
import { type PageId, parseRoute } from './routes';

export interface NavNote {
  count?: number;
  /** Why the page needs a look: "1 container is unhealthy". Draws the attention glyph. */
  attention?: string | undefined;
}

export type NavNotes = Partial<Record<PageId, NavNote>>;

export function Sidebar({ notes, engine }: { notes: NavNotes; engine: ReactNode }) {
  const current = useRouter((state) => state.route.page);
  return (
    <aside className="sidebar">
      <div className="titlebar -mx-2.5 !px-[18px]">
        <span className="brand flex items-center gap-2.5">
          <GantryMark />
          <span className="lab font-strong tracking-[-0.01em]">Gantry</span>
        </span>
      </div>
      <nav aria-label="Main" className="grid gap-[2px]" data-region="sidebar">
        {PAGES.map((page) => (
          <NavLink key={page.id} page={page} current={current === page.id} note={notes[page.id]} />
        ))}
      </nav>
      <section
        aria-label="Engine"
        className="mt-auto -mx-2.5 px-3 pt-2.5 pb-1 border-t border-line empty:hidden"
      >
        {engine}
      </section>
    </aside>
  );
}

function NavLink({ page, current, note }: { page: Page; current: boolean; note: NavNote | undefined }) {
  const href = `#/${page.id}`;
  const count = note?.count;
  return (
    <a
      href={href}
      className={classes('nav', current && 'on', page.gap && 'mt-2.5')}
      aria-label={page.label}
      aria-description={[count, note?.attention].filter((part) => part !== undefined).join(', ') || undefined}
      aria-current={current ? 'page' : undefined}
      {...railTip(page.label)}
      onClick={(event) => {
        const route = parseRoute(href);
        if (!route || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        navigate(route);
      }}
    >
      <page.icon size={16} aria-hidden="true" />
      <span className="lab">{page.label}</span>
      {note && (
        <span className="n flex items-center gap-1.5">
          {note.attention && <StateGlyph state="unhealthy" size={11} />}
          {count !== undefined && <span>{count}</span>}
        </span>
      )}
    </a>
  );
}
