import type { ReactNode } from 'react';
import { Meter } from '../ui/Meter';
import { StateGlyph, type StateName } from '../ui/StateGlyph';
import { railTip } from '../ui/tip';

export interface EngineLevel {
  /** 0 to 1. */
  fraction: number;
  /** "1.1 of 6". */
  text: string;
}

/** The engine at the sidebar's foot: state, version, load, and the button that starts or stops it. */
export function EnginePanel({
  state,
  title,
  detail,
  cpu,
  memory,
  action,
  onPress,
}: {
  state: StateName;
  /** "Local engine", "Reconnecting…". */
  title: string;
  detail?: string;
  cpu?: EngineLevel;
  memory?: EngineLevel;
  /** A small IconButton. */
  action?: ReactNode;
  /** Opens the details. */
  onPress?: () => void;
}) {
  return (
    <>
      <div className="flex items-center gap-2 eng-row">
        <button
          type="button"
          className="flex items-center gap-2 min-w-0 text-left rounded-7"
          aria-label={`Engine: ${title}`}
          onClick={onPress}
          {...railTip(detail ? `${title}. ${detail}` : title)}
        >
          <span className="grid place-items-center w-4">
            <StateGlyph state={state} />
          </span>
          <span className="lab min-w-0">
            <span className="block font-medium leading-[18px] truncate" role="status">
              {title}
            </span>
            {detail && <span className="eng-more block text-11 text-fg3 truncate">{detail}</span>}
          </span>
        </button>
        {action && <span className="ml-auto lab">{action}</span>}
      </div>
      {(cpu || memory) && (
        <div className="eng-more grid gap-[7px] mt-2.5">
          {cpu && <Level name="CPU" label="Engine CPU" level={cpu} />}
          {memory && <Level name="Mem" label="Engine memory" level={memory} />}
        </div>
      )}
    </>
  );
}

function Level({ name, label, level }: { name: string; label: string; level: EngineLevel }) {
  return (
    <div className="flex items-center gap-2 text-11 text-fg3 num">
      <span className="w-7">{name}</span>
      <Meter label={label} fraction={level.fraction} valueText={level.text} />
      <span className="w-[66px] text-right text-fg2 whitespace-nowrap">{level.text}</span>
    </div>
  );
}
