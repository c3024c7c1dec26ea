import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Disclosure, DisclosurePanel } from 'react-aria-components';

/** Something long behind its title, folded until it is asked for. */
export function Fold({
  title,
  note,
  end,
  open = false,
  children,
}: {
  title: ReactNode;
  /** Quiet text behind the title: how much there is. */
  note?: ReactNode;
  /** Stands at the title's right while it is open: a copy button. */
  end?: ReactNode;
  /** Open at first. */
  open?: boolean;
  children: ReactNode;
}) {
  return (
    <Disclosure defaultExpanded={open}>
      {({ isExpanded }) => (
        <>
          <div className="flex items-center gap-2 min-h-[26px]">
            <Button
              slot="trigger"
              className="flex items-center gap-1.5 text-fg2 font-medium rounded-4 text-left"
            >
              <ChevronRight size={15} aria-hidden="true" className={isExpanded ? 'rotate-90' : undefined} />
              {title}
              {note !== undefined && <span className="text-fg3 font-normal">{note}</span>}
            </Button>
            {isExpanded && end}
          </div>
          <DisclosurePanel>{isExpanded && children}</DisclosurePanel>
        </>
      )}
    </Disclosure>
  );
}
