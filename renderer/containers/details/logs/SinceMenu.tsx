import { History } from 'lucide-react';
import { MenuButton } from '#ui/MenuButton';

const minute = 60_000;
const choices = [
  { label: 'All', menu: 'From the beginning', ms: null },
  { label: '5 min', menu: 'The last 5 minutes', ms: 5 * minute },
  { label: '15 min', menu: 'The last 15 minutes', ms: 15 * minute },
  { label: '1 h', menu: 'The last hour', ms: 60 * minute },
  { label: '24 h', menu: 'The last 24 hours', ms: 24 * 60 * minute },
] as const;

/** Where the log begins; `since` is a moment, so that the beginning does not move while it is read. */
export interface SinceChoice {
  label: string;
  since: number | null;
}

export const fromBeginning: SinceChoice = { label: 'All', since: null };

export function SinceMenu({
  choice,
  onChange,
}: {
  choice: SinceChoice;
  onChange: (choice: SinceChoice) => void;
}) {
  return (
    <MenuButton
      label="Show lines since"
      size="sm"
      variant="quiet"
      icon={<History size={14} />}
      aria-label={`Since: ${choice.label}`}
      tooltip="Show lines since"
      items={choices.map(({ label, menu, ms }) => ({
        id: label,
        label: menu,
        checked: label === choice.label,
        onAction: () => onChange({ label, since: ms === null ? null : Date.now() - ms }),
      }))}
    >
      {choice.label}
    </MenuButton>
  );
}
