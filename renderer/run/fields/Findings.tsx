import type { RunFinding } from '#contract';
import { Button } from '#ui/Button';
import { StateGlyph } from '#ui/StateGlyph';
import { classes } from '../../ui/classes';
import { focusFieldOf } from '../form/focusField';
import { useRunForm } from '../form/useRunForm';

/** What is wrong with a field, each with its fixes, inside the field's group. */
export function Findings({ field }: { field: string }) {
  const { findings } = useRunForm();
  return findings(field).map((finding) => (
    <Finding key={finding.field + finding.message} finding={finding} />
  ));
}

function Finding({ finding: { level, message, actions } }: { finding: RunFinding }) {
  const { fix } = useRunForm();
  return (
    <div
      role="status"
      className={classes(
        'flex items-center flex-wrap gap-x-2.5 gap-y-1.5 rounded-7 pl-2.5 pr-1 py-1 min-h-[34px]',
        level === 'problem' ? 'bg-warn-soft' : 'bg-sunken',
      )}
    >
      <StateGlyph state="unhealthy" size={13} />
      <span
        className={classes(
          'text-12 flex-1 min-w-[150px] wrap-anywhere',
          level === 'problem' ? 'font-medium text-warn-fg' : 'text-fg2',
        )}
      >
        {message}
      </span>
      {actions.length > 0 && (
        <span className="flex gap-1.5" data-run-fixes>
          {actions.slice(0, 2).map((action, index) => (
            <Button
              key={action.label}
              size="sm"
              variant={index === 0 ? 'plain' : 'quiet'}
              onPress={(button) => {
                if (action.kind === 'change') focusFieldOf(button);
                fix(action);
              }}
            >
              {action.label}
            </Button>
          ))}
        </span>
      )}
    </div>
  );
}
