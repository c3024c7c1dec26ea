import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { type Ref, useCallback, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { TerminalSession } from '#contract';
import { client } from '../../../data/client';
import { showProblem } from '../../../data/problems';
import { useStream } from '../../../data/stream';
import { familyOf, useMonoFont } from '../../../shell/monoFont';
import { isMac } from '../../../ui/platform';
import { tokenColours } from '../tokenColours';
import { useThemeChange } from '../useThemeChange';
import { terminalTheme } from './terminalTheme';
import { writeQueue } from './writeQueue';

export interface TerminalHandle {
  find(text: string, step: 1 | -1): void;
  focus(): void;
}

export interface Found {
  hits: number;
  active: number;
}

interface TerminalScreenProps {
  session: TerminalSession;
  label: string;
  onSize: (columns: number, rows: number) => void;
  onExit: (exitCode: number) => void;
  onFound: (found: Found) => void;
  /** Ctrl Shift F. */
  onWantFind: () => void;
  ref: Ref<TerminalHandle>;
}

/** Lines that can be scrolled back to. */
const scrollback = 5000;

/** Ctrl C and Ctrl V belong to the shell; with Shift they copy and paste. */
function copyOrPaste(terminal: Terminal, event: KeyboardEvent, onWantFind: () => void): boolean {
  if (event.key === 'F6') return false;
  const chosen = isMac() ? event.metaKey : event.ctrlKey && event.shiftKey;
  if (event.type !== 'keydown' || !chosen) return true;
  const key = event.key.toLowerCase();
  if (key === 'c' && terminal.hasSelection()) void navigator.clipboard.writeText(terminal.getSelection());
  else if (key === 'f') onWantFind();
  // The browser pastes by itself.
  else return key !== 'v';
  event.preventDefault();
  return false;
}

/** The screen of one session. Attaches to its output and shows again what was on it. */
export default function TerminalScreen(props: TerminalScreenProps) {
  const { session, label } = props;
  const { sessionId } = session;
  const box = useRef<HTMLDivElement>(null);
  const [terminal, setTerminal] = useState<Terminal | null>(null);
  const search = useRef<SearchAddon>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const fitter = useRef<FitAddon>(null);
  const font = useMonoFont();
  const theme = useThemeChange();

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const made = new Terminal({
      allowProposedApi: true,
      cursorBlink: false,
      fontFamily: getComputedStyle(element).fontFamily,
      fontSize: 12,
      lineHeight: 1.25,
      scrollback,
      theme: terminalTheme(element),
      // Links that a program prints are text: nothing opens by a click.
      linkHandler: { activate: () => undefined, allowNonHttpProtocols: false },
    });
    const fit = new FitAddon();
    const finder = new SearchAddon();
    made.loadAddon(fit);
    made.loadAddon(finder);
    made.open(element);
    made.textarea?.setAttribute('aria-label', label);
    const queue = writeQueue((data) => client.terminal.write({ sessionId, data }), showProblem);
    made.onData(queue);
    made.onBinary(queue);
    made.onResize(({ cols, rows }) => {
      latest.current.onSize(cols, rows);
      // A shell that has just ended has no size any more.
      client.terminal.resize({ sessionId, columns: cols, rows }).catch(() => undefined);
    });
    made.attachCustomKeyEventHandler((event) => copyOrPaste(made, event, latest.current.onWantFind));
    finder.onDidChangeResults(({ resultCount, resultIndex }) =>
      latest.current.onFound({ hits: resultCount, active: resultIndex }),
    );
    const observer = new ResizeObserver(() => element.clientHeight > 0 && fit.fit());
    observer.observe(element);
    fit.fit();
    latest.current.onSize(made.cols, made.rows);
    client.terminal.resize({ sessionId, columns: made.cols, rows: made.rows }).catch(() => undefined);
    made.focus();
    search.current = finder;
    fitter.current = fit;
    setTerminal(made);
    return () => {
      observer.disconnect();
      made.dispose();
      search.current = null;
      fitter.current = null;
      setTerminal(null);
    };
  }, [sessionId, label]);

  useEffect(() => {
    if (!terminal || !box.current) return;
    // In words that a canvas understands, which knows no custom properties.
    terminal.options.fontFamily = familyOf(font.name).replace(
      'var(--g-font-mono)',
      getComputedStyle(box.current).getPropertyValue('--g-font-mono'),
    );
    terminal.options.fontSize = font.size;
    fitter.current?.fit();
  }, [terminal, font.name, font.size]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `theme` says when the tokens changed
  useEffect(() => {
    if (terminal && box.current) terminal.options.theme = terminalTheme(box.current);
  }, [terminal, theme]);

  const open = useCallback(
    (signal: AbortSignal) => {
      // It begins with all that was on the screen.
      terminal?.reset();
      return client.terminal.output({ sessionId }, { signal });
    },
    [terminal, sessionId],
  );
  useStream({
    open: terminal ? open : null,
    onItem: ({ data, exitCode }) => {
      if (data !== undefined) terminal?.write(data);
      if (exitCode !== undefined) latest.current.onExit(exitCode);
    },
    onError: showProblem,
  });

  useImperativeHandle(props.ref, () => ({
    find(text, step) {
      const element = box.current;
      if (!element) return;
      if (text === '') {
        search.current?.clearDecorations();
        latest.current.onFound({ hits: 0, active: -1 });
        return;
      }
      const colours = tokenColours(element, { hit: '--g-hit', active: '--g-hit-active' });
      const hex = (colour: string) =>
        `#${(colour.match(/\d+/g) ?? [])
          .slice(0, 3)
          .map((part) => Number(part).toString(16).padStart(2, '0'))
          .join('')}`;
      const decorations = {
        matchBackground: hex(colours.hit),
        activeMatchBackground: hex(colours.active),
        matchOverviewRuler: hex(colours.hit),
        activeMatchColorOverviewRuler: hex(colours.active),
      };
      if (step === 1) search.current?.findNext(text, { decorations });
      else search.current?.findPrevious(text, { decorations });
    },
    focus: () => terminal?.focus(),
  }));

  return <div ref={box} className="terminal-screen" />;
}
