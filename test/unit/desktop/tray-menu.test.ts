import { expect, test } from 'vitest';
import type { DesktopAction } from '#contract';
import { menuTemplate } from '#desktop/tray-menu';

const show: DesktopAction = { kind: 'show', route: null };

test('each item becomes its kind, and keeps its label whole', () => {
  const [status, line, more, open] = menuTemplate(
    [
      { kind: 'text', label: 'R&D running' },
      { kind: 'separator' },
      { kind: 'menu', label: '2 more', items: [{ kind: 'action', label: 'web', action: show }] },
      { kind: 'action', label: 'Open Gantry', action: show, keys: 'Ctrl+G' },
    ],
    () => undefined,
  );
  expect(status).toEqual({ label: 'R&&D running', enabled: false });
  expect(line).toEqual({ type: 'separator' });
  expect(more).toMatchObject({ label: '2 more', submenu: [{ label: 'web' }] });
  expect(open).toMatchObject({ label: 'Open Gantry', accelerator: 'Ctrl+G', registerAccelerator: false });
});

test('choosing an item runs its own action', () => {
  const run: DesktopAction[] = [];
  const copy: DesktopAction = { kind: 'copy', text: 'localhost:8080' };
  const items = menuTemplate(
    [
      { kind: 'action', label: 'Open Gantry', action: show },
      { kind: 'action', label: 'Copy address', action: copy },
    ],
    (action) => run.push(action),
  );
  // Electron passes what a click is made of; nothing of it is used.
  const click = items[1]?.click as (() => void) | undefined;
  click?.();
  expect(run).toEqual([copy]);
});
