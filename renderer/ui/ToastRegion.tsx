import { Check, Info, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from './Button';
import { IconButton } from './IconButton';
import { StateGlyph } from './StateGlyph';
import {
  dismissToast,
  holdToasts,
  settleToast,
  TOASTS_SHOWN,
  type Toast,
  undoToast,
  useToasts,
} from './toasts';

/** The toasts at the bottom right, newest lowest. They never take focus; F6 reaches the region. */
export function ToastRegion() {
  const toasts = useToasts((state) => state.toasts);
  const region = useRef<HTMLElement>(null);
  const shown = toasts.slice(-TOASTS_SHOWN);
  const hidden = toasts.length - shown.length;
  useListInset(region, shown.length);
  return (
    <section
      ref={region}
      aria-label="Notifications"
      data-region={shown.length > 0 ? 'toasts' : undefined}
      // Dialogs must not make the toasts unreachable.
      data-react-aria-top-layer="true"
      tabIndex={-1}
      className="toast-region"
      onPointerEnter={() => holdToasts(true)}
      onPointerLeave={() => holdToasts(region.current?.contains(document.activeElement) ?? false)}
      onFocus={() => holdToasts(true)}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) holdToasts(false);
      }}
    >
      {hidden > 0 && <div className="text-12 text-fg3 text-right pr-2">{hidden} more</div>}
      {shown.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

/** Lists gain padding at their end, so that rows scroll clear of the toasts. */
function useListInset(region: React.RefObject<HTMLElement | null>, count: number) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the region's height changes with the number of toasts
  useEffect(() => {
    const height = count === 0 ? 0 : (region.current?.offsetHeight ?? 0) + 20;
    document.documentElement.style.setProperty('--g-toast-inset', `${height}px`);
  }, [count]);
}

function ToastCard({ toast }: { toast: Toast }) {
  const problem = toast.kind === 'error';
  return (
    <div className="toast" role={problem ? 'alert' : 'status'}>
      {problem || toast.text || toast.actions?.length ? (
        <TallToast toast={toast} />
      ) : (
        <ShortToast toast={toast} />
      )}
    </div>
  );
}

function ShortToast({ toast }: { toast: Toast }) {
  return (
    <div className="flex items-center gap-3 p-3 pl-3.5">
      <ToastGlyph toast={toast} />
      <span className="min-w-0 wrap-anywhere">{toast.title}</span>
      <span className="ml-auto flex items-center gap-1 shrink-0">
        <UndoButton toast={toast} />
        <DismissButton toast={toast} />
      </span>
    </div>
  );
}

function TallToast({ toast }: { toast: Toast }) {
  return (
    <div className="flex gap-3 p-3.5 pb-3">
      <span className="pt-[3px]">
        <ToastGlyph toast={toast} />
      </span>
      <div className="min-w-0 flex-1">
        <div className="font-strong text-14 leading-5 wrap-anywhere">{toast.title}</div>
        {toast.text && <p className="text-fg2 mt-0.5 wrap-anywhere line-clamp-4">{toast.text}</p>}
        {(toast.actions?.length || toast.undo) && (
          <div className="flex items-center gap-2 mt-3 flex-wrap">
            {toast.actions?.map((action, index) => (
              <Button
                key={action.label}
                size="sm"
                variant={action.primary ? 'primary' : index < 2 ? 'plain' : 'quiet'}
                onPress={() => {
                  settleToast(toast.id);
                  action.onPress();
                }}
              >
                {action.label}
              </Button>
            ))}
            <UndoButton toast={toast} />
          </div>
        )}
      </div>
      <span className="-mr-1.5 -mt-1.5">
        <DismissButton toast={toast} />
      </span>
    </div>
  );
}

function ToastGlyph({ toast }: { toast: Toast }) {
  if (toast.kind === 'error') return <StateGlyph state="failed" size={16} />;
  if (toast.kind === 'info') return <Info size={16} className="text-info-fg" aria-hidden="true" />;
  return <Check size={16} className="text-ok-fg" aria-hidden="true" />;
}

function UndoButton({ toast }: { toast: Toast }) {
  if (!toast.undo) return null;
  return (
    <>
      {toast.left !== null && (
        <span className="text-11 text-fg3 num mr-1" aria-hidden="true">
          {Math.max(1, Math.ceil(toast.left / 1000))} s
        </span>
      )}
      <Button size="sm" onPress={() => undoToast(toast.id)}>
        Undo
      </Button>
    </>
  );
}

function DismissButton({ toast }: { toast: Toast }) {
  return (
    <IconButton size="sm" aria-label="Dismiss" onPress={() => dismissToast(toast.id)}>
      <X size={15} />
    </IconButton>
  );
}
