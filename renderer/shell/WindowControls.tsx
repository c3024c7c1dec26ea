import { Minus, Square, X } from 'lucide-react';
import { isMac } from '../ui/platform';

/** Linux and Windows draw their controls here; macOS has its lights, a browser its own frame. */
export function WindowControls() {
  const controls = window.gantryDesktop?.window;
  if (!controls || isMac()) return null;
  return (
    <span className="flex items-center -mr-3 ml-1">
      <button type="button" className="wc" aria-label="Minimize" onClick={() => controls.minimize()}>
        <Minus size={14} />
      </button>
      <button type="button" className="wc" aria-label="Maximize" onClick={() => controls.toggleMaximize()}>
        <Square size={12} />
      </button>
      <button
        type="button"
        className="wc wc-close"
        aria-label="Close window"
        onClick={() => controls.close()}
      >
        <X size={15} />
      </button>
    </span>
  );
}
