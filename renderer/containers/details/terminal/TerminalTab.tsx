import { Plus, Search, SquareTerminal, X } from 'lucide-react';
import { Suspense, useRef, useState } from 'react';
import type { Container, TerminalSession } from '#contract';
import { commandArguments, commands } from '#contract/commands';
import { Button } from '#ui/Button';
import { EmptyState } from '#ui/EmptyState';
import { FindField } from '#ui/FindField';
import { IconButton } from '#ui/IconButton';
import { Kbd } from '#ui/Kbd';
import { MenuButton } from '#ui/MenuButton';
import { StateGlyph } from '#ui/StateGlyph';
import { lazyPart } from '../../../shell/lazyPart';
import { classes } from '../../../ui/classes';
import { useCommandStrip } from '../../../ui/commandStrip';
import type { MenuEntry } from '../../../ui/menus';
import { act } from '../../actions';
import { NoShell } from './NoShell';
import { OtherShellDialog } from './OtherShellDialog';
import type { Found, TerminalHandle } from './TerminalScreen';
import { useSessions, type Wanted } from './useSessions';

const TerminalScreen = lazyPart(() => import('./TerminalScreen'));

const shells = ['/bin/bash', '/bin/ash', '/bin/sh', '/bin/zsh'];
const nameOf = (path: string) => path.split('/').at(-1) ?? path;

export default function TerminalTab({ container }: { container: Container }) {
  const { id, name, state } = container;
  const runs = state === 'running';
  const all = useSessions(id, runs);
  const { sessions, active, problem, opening } = all;
  const session = sessions?.find((each) => each.sessionId === active) ?? null;
  const [size, setSize] = useState({ columns: 80, rows: 24 });
  const [finding, setFinding] = useState(false);
  const [wanted, setWanted] = useState('');
  const [found, setFound] = useState<Found>({ hits: 0, active: -1 });
  const [choosing, setChoosing] = useState(false);
  const screen = useRef<TerminalHandle>(null);
  useCommandStrip({
    same: commandArguments(
      commands.containers.terminal(name, session?.shell ?? '/bin/sh', session?.user || undefined),
    ),
  });

  const find = (text: string, step: 1 | -1 = 1) => {
    setWanted(text);
    screen.current?.find(text, step);
  };
  const closeFind = () => {
    find('');
    setFinding(false);
    screen.current?.focus();
  };

  if (!runs && (sessions === null || sessions.length === 0)) return <NotRunning container={container} />;
  if (sessions?.length === 0 && problem) {
    return <NoShell problem={problem} name={name} onTry={(shell) => all.open({ shell })} busy={opening} />;
  }
  return (
    <>
      <div className="px-6 py-2 flex items-center gap-1 min-w-0">
        <SessionTabs sessions={sessions ?? []} active={active} onSelect={all.select} onClose={all.close} />
        <IconButton
          aria-label="New terminal"
          busy={opening}
          disabledReason={runs ? undefined : 'The container does not run'}
          onPress={() => all.open()}
        >
          <Plus size={16} />
        </IconButton>
        <span className="ml-auto flex items-center gap-1 shrink-0">
          {finding && (
            <FindField
              label="Search the terminal"
              value={wanted}
              onChange={find}
              hits={found.hits}
              active={found.active}
              onStep={(step) => find(wanted, step)}
              className="w-[260px]"
              autoFocus
              onClose={closeFind}
            />
          )}
          <MenuButton
            label="Shell of a new terminal"
            variant="quiet"
            size="sm"
            items={() => shellEntries(session, all.open, () => setChoosing(true))}
          >
            {session ? `Shell: ${nameOf(session.shell)}` : 'Shell'}
          </MenuButton>
          <IconButton
            aria-label="Search the terminal"
            pressed={finding}
            shortcut="Ctrl Shift F"
            onPress={() => (finding ? closeFind() : setFinding(true))}
          >
            <Search size={16} />
          </IconButton>
        </span>
      </div>
      <div className="terminal-frame">
        {session && (
          <Suspense>
            <TerminalScreen
              key={session.sessionId}
              ref={screen}
              session={session}
              label={`Terminal ${nameOf(session.shell)} in ${name}`}
              onSize={(columns, rows) => setSize({ columns, rows })}
              onExit={(exitCode) => all.ended(session.sessionId, exitCode)}
              onFound={setFound}
              onWantFind={() => setFinding(true)}
            />
          </Suspense>
        )}
        {!session && !opening && sessions?.length === 0 && (
          <EmptyState
            compact
            title="No terminal is open"
            actions={
              <Button variant="primary" onPress={() => all.open()}>
                Open a terminal
              </Button>
            }
          />
        )}
      </div>
      <StatusBar
        session={session}
        opening={opening}
        size={size}
        problem={problem?.title}
        runs={runs}
        onAgain={() => all.open()}
      />
      {choosing && <OtherShellDialog name={name} onOpen={all.open} onClose={() => setChoosing(false)} />}
    </>
  );
}

function shellEntries(
  session: TerminalSession | null,
  open: (wanted: Wanted) => void,
  onOther: () => void,
): MenuEntry[] {
  const user = session?.user || undefined;
  return [
    { id: 'auto', label: 'New terminal, shell found by trying', onAction: () => open({ user }) },
    ...shells.map(
      (shell): MenuEntry => ({
        id: shell,
        label: `New terminal with ${shell}`,
        onAction: () => open({ shell, user }),
      }),
    ),
    'separator',
    { id: 'root', label: 'New terminal as root', onAction: () => open({ user: 'root' }) },
    { id: 'other', label: 'Another program or user…', onAction: onOther },
  ];
}

function SessionTabs({
  sessions,
  active,
  onSelect,
  onClose,
}: {
  sessions: TerminalSession[];
  active: string | null;
  onSelect: (sessionId: string) => void;
  onClose: (sessionId: string) => void;
}) {
  const step = (from: number, by: number) => {
    const next = sessions[(from + by + sessions.length) % sessions.length];
    if (next) onSelect(next.sessionId);
  };
  return (
    <ul className="flex items-center gap-1 min-w-0 overflow-x-auto p-0.5 -m-0.5" aria-label="Terminals">
      {sessions.map((session, index) => {
        const on = session.sessionId === active;
        const ended = session.exitCode !== null;
        const label = `${nameOf(session.shell)}${session.user ? ` as ${session.user}` : ''}`;
        return (
          <li key={session.sessionId} className={classes('tt', on && 'on')}>
            <button
              type="button"
              className="flex items-center gap-[7px] whitespace-nowrap"
              aria-current={on ? 'true' : undefined}
              onClick={() => onSelect(session.sessionId)}
              onKeyDown={(event) => {
                if (event.key === 'ArrowRight') step(index, 1);
                if (event.key === 'ArrowLeft') step(index, -1);
              }}
            >
              <StateGlyph state={ended ? 'exited' : 'running'} size={10} />
              {label}
              {ended && <span className="sr-only">, ended</span>}
            </button>
            <IconButton
              size="sm"
              className="!w-[22px] !h-[22px]"
              aria-label={`Close terminal ${index + 1}, ${label}`}
              onPress={() => onClose(session.sessionId)}
            >
              <X size={13} />
            </IconButton>
          </li>
        );
      })}
    </ul>
  );
}

function StatusBar({
  session,
  opening,
  size,
  problem,
  runs,
  onAgain,
}: {
  session: TerminalSession | null;
  opening: boolean;
  size: { columns: number; rows: number };
  problem: string | undefined;
  runs: boolean;
  onAgain: () => void;
}) {
  const ended = session?.exitCode ?? null;
  return (
    <div className="h-7 flex-none flex items-center gap-4 px-6 text-11 text-fg3 num border-t border-line whitespace-nowrap overflow-hidden">
      {problem && (
        <span className="text-danger-fg" role="alert">
          {problem}
        </span>
      )}
      {opening && <span role="status">Looking for a shell</span>}
      {session && ended === null && (
        <>
          <span className="flex items-center gap-1.5">
            <StateGlyph state="running" size={10} /> Connected
          </span>
          <span>
            {size.columns} × {size.rows}
          </span>
          <span className="max-[1039px]:hidden">Closing the tab ends this shell, not the container</span>
          <span className="ml-auto flex items-center gap-1.5">
            <Kbd keys="Ctrl Shift C" /> copies <Kbd keys="Ctrl C" /> goes to the shell
          </span>
        </>
      )}
      {ended !== null && (
        <>
          <span role="status" className="flex items-center gap-1.5">
            <StateGlyph state="exited" size={10} /> The shell ended with exit code {ended}
          </span>
          {runs && (
            <Button size="sm" variant="link" onPress={onAgain}>
              Open a new one
            </Button>
          )}
        </>
      )}
    </div>
  );
}

function NotRunning({ container }: { container: Container }) {
  const paused = container.state === 'paused';
  return (
    <EmptyState
      picture={<SquareTerminal size={32} aria-hidden="true" className="text-fg3" />}
      title={paused ? `${container.name} is paused` : `${container.name} does not run`}
      text={
        paused
          ? 'Nothing in it moves, so no shell would answer.'
          : 'A terminal is a shell inside the running container.'
      }
      actions={
        <Button variant="primary" onPress={() => act(paused ? 'unpause' : 'start', [container])}>
          {paused ? 'Resume it' : 'Start it'}
        </Button>
      }
    />
  );
}
