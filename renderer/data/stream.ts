import { useEffect, useRef } from 'react';
import { readStream, whileVisible } from './follow';

interface StreamOptions<T> {
  /** Opens the stream; null reads nothing. Must change identity only when another stream is meant. */
  open: ((signal: AbortSignal) => Promise<AsyncIterable<T>>) | null;
  onItem: (item: T) => void;
  /** The stream failed; its end without an error is no failure. */
  onError?: (error: unknown) => void;
  onEnd?: () => void;
}

/** Reads a stream while the component is mounted and the page visible; both ends close it in the engine too. */
export function useStream<T>({ open, onItem, onError, onEnd }: StreamOptions<T>): void {
  const handlers = useRef({ onItem, onError, onEnd });
  useEffect(() => {
    handlers.current = { onItem, onError, onEnd };
  });
  useEffect(() => {
    if (!open) return;
    return whileVisible((signal) => {
      readStream(open, (item) => handlers.current.onItem(item), signal).then(
        () => !signal.aborted && handlers.current.onEnd?.(),
        (error: unknown) => !signal.aborted && handlers.current.onError?.(error),
      );
    });
  }, [open]);
}
