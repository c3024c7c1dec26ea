import { CircleQuestionMark } from 'lucide-react';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { Button } from '#ui/Button';
import { Popover } from '#ui/Popover';
import { tip } from '#ui/tip';
import { useSettings } from '../settings/useSettings';
import { navigate } from '../shell/router';
import { explained, type TermId } from './terms';

/** The small "?" beside a word: what it means. Once dismissed it stays away, everywhere. */
export function Term({
  id,
  inDialog = false,
}: {
  id: TermId;
  /** A lesson would open below the dialog, or cost what was typed in it. */
  inDialog?: boolean;
}) {
  const { settings, change } = useSettings();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  if (!settings || settings.dismissedTerms.includes(id)) return null;
  const { name, text, lesson } = explained(id);
  const question = `What is ${name}?`;

  function dismiss() {
    // The button goes, and the focus would go with it. An open popover would take it back.
    const around = button.current?.closest<HTMLElement>('main, [role="dialog"]');
    flushSync(() => setOpen(false));
    change({ dismissedTerms: [...(settings?.dismissedTerms ?? []), id] });
    around?.focus();
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        className={open ? 'ib ib-term on' : 'ib ib-term'}
        aria-label={question}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        {...tip(question)}
      >
        <CircleQuestionMark size={14} aria-hidden="true" />
      </button>
      <Popover
        label={question}
        anchor={button}
        open={open}
        onClose={() => setOpen(false)}
        placement="bottom start"
        className="w-[320px] max-w-[calc(100vw-24px)]"
      >
        <div className="px-4 pt-3 pb-3 overflow-auto min-h-0">
          <h2 className="h2">{question}</h2>
          <p className="text-fg2 mt-1">{text}</p>
          {lesson && inDialog && <p className="help mt-1.5">A lesson in Learn shows it.</p>}
        </div>
        <div className="border-t border-line px-4 py-2 flex flex-wrap items-center gap-2 shrink-0">
          {lesson && !inDialog && (
            <Button
              size="sm"
              onPress={() => {
                setOpen(false);
                navigate({ page: 'learn', lesson });
              }}
            >
              Open the lesson
            </Button>
          )}
          <span className="ml-auto">
            <Button
              size="sm"
              variant="quiet"
              tooltip="All explanations come back in Settings, Appearance"
              onPress={dismiss}
            >
              Don’t explain this again
            </Button>
          </span>
        </div>
      </Popover>
    </>
  );
}
