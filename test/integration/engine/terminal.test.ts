import { expect, it, vi } from 'vitest';
import { TerminalSessions } from '#engine/terminal';
import { describeWithEngine, sharedEngine } from '../../harness/shared';
import { watchEngine } from './watched-engine';

const size = { columns: 80, rows: 24 };
const patient = { timeout: 30_000, interval: 50 };

type Output = AsyncIterable<{ data?: string; exitCode?: number }>;

/** Reads until the text was printed; gives all that was. */
async function until(output: Output, text: string | RegExp): Promise<string> {
  let printed = '';
  for await (const { data = '' } of { [Symbol.asyncIterator]: () => output[Symbol.asyncIterator]() }) {
    printed += data;
    if (typeof text === 'string' ? printed.includes(text) : text.test(printed)) return printed;
  }
  throw new Error(`It ended before it printed ${text}: ${printed}`);
}

describeWithEngine('a terminal', () => {
  it('finds a shell, is a TTY of the right size, and gives the exit code', async (test) => {
    const { cli, socket } = sharedEngine(test);
    const watched = await watchEngine(socket);
    const terminals = new TerminalSessions();
    const containerId = await cli(['run', '-d', '--name', 'terminal-basics', 'gantry-test/chatty']);
    try {
      const session = await terminals.open(watched.docker, { containerId, ...size });
      // The image has busybox only: no bash, but its ash.
      expect(session).toMatchObject({ shell: '/bin/ash', exitCode: null, containerId });
      await terminals.resize(session.sessionId, 132, 43);
      const { sessionId } = session;
      terminals.write(sessionId, 'tty && stty size && echo "grün 🦑 $((40 + 2))"\r');
      const first = terminals.output(sessionId);
      const printed = await until(first, /🦑 42\r\n/);
      expect(printed).toContain('/dev/pts/');
      expect(printed).toContain('43 132');
      // Who comes back sees what was on the screen.
      expect(await until(terminals.output(sessionId), /🦑 42\r\n/)).toContain('43 132');

      const codes: (number | undefined)[] = [];
      const rest = terminals.output(sessionId);
      terminals.write(sessionId, 'exit 7\r');
      for await (const { exitCode } of rest) codes.push(exitCode);
      expect(codes.at(-1)).toBe(7);
      expect(terminals.list(containerId)).toMatchObject([{ sessionId, exitCode: 7 }]);
      await terminals.close(sessionId);
      expect(terminals.list(containerId)).toEqual([]);
      await vi.waitFor(() => expect(watched.busy()).toBe(0), patient);
    } finally {
      watched.close();
      await cli(['rm', '-f', 'terminal-basics']);
    }
  });

  it('ends its shell and the jobs of it when it is closed, and nothing else', async (test) => {
    const { cli, socket } = sharedEngine(test);
    const watched = await watchEngine(socket);
    const terminals = new TerminalSessions();
    const containerId = await cli(['run', '-d', '--name', 'terminal-close', 'gantry-test/chatty']);
    const running = async () =>
      (await cli(['top', 'terminal-close', '-eo', 'pid,args'])).replaceAll(/\s+/g, ' ');
    try {
      const kept = await terminals.open(watched.docker, { containerId, shell: '/bin/sh', ...size });
      const ended = await terminals.open(watched.docker, { containerId, shell: '/bin/sh', ...size });
      expect(terminals.list(containerId)).toHaveLength(2);
      terminals.write(kept.sessionId, 'sleep 1001 & echo one\r');
      terminals.write(ended.sessionId, 'sleep 1002 & setsid sleep 1003 & sleep 1004\r');
      await vi.waitFor(
        async () => expect(await running()).toMatch(/(?=.*sleep 1001)(?=.*sleep 1003)(?=.*sleep 1004)/),
        patient,
      );
      await terminals.close(ended.sessionId);
      await vi.waitFor(async () => expect(await running()).not.toMatch(/sleep 100[24]/), patient);
      // The other terminal is untouched, and so is what left the closed one on purpose.
      expect(await running()).toMatch(/(?=.*sleep 1001)(?=.*sleep 1003)/);
      await terminals.closeAll();
      await vi.waitFor(async () => expect(await running()).not.toContain('sleep 1001'), patient);
      expect((await running()).match(/\/bin\/sh/g)?.length).toBe(1);
      await vi.waitFor(() => expect(watched.busy()).toBe(0), patient);
    } finally {
      watched.close();
      await cli(['rm', '-f', 'terminal-close']);
    }
  });

  it('ends a shell that ignores hang-ups', async (test) => {
    const { cli, socket } = sharedEngine(test);
    const watched = await watchEngine(socket);
    const terminals = new TerminalSessions();
    const containerId = await cli(['run', '-d', '--name', 'terminal-stubborn', 'gantry-test/chatty']);
    try {
      const { sessionId } = await terminals.open(watched.docker, { containerId, ...size });
      terminals.write(sessionId, "trap '' HUP; sleep 1005\r");
      const top = () => cli(['top', 'terminal-stubborn', '-eo', 'pid,args']);
      await vi.waitFor(async () => expect(await top()).toContain('sleep 1005'), patient);
      await terminals.close(sessionId);
      await vi.waitFor(async () => expect(await top()).not.toMatch(/sleep 1005|\/bin\/ash/), patient);
    } finally {
      watched.close();
      await cli(['rm', '-f', 'terminal-stubborn']);
    }
  });

  it('ends with its container', async (test) => {
    const { cli, socket } = sharedEngine(test);
    const watched = await watchEngine(socket);
    const terminals = new TerminalSessions();
    const containerId = await cli(['run', '-d', '--name', 'terminal-end', 'gantry-test/chatty']);
    try {
      const { sessionId } = await terminals.open(watched.docker, { containerId, user: 'web', ...size });
      const output = terminals.output(sessionId);
      terminals.write(sessionId, 'id -un\r');
      expect(await until(output, /\r\nweb\r\n/)).toBeTruthy();
      const rest = terminals.output(sessionId);
      await cli(['kill', 'terminal-end']);
      let last: number | undefined;
      for await (const { exitCode } of rest) last = exitCode;
      expect(last).toBe(137);
    } finally {
      watched.close();
      await cli(['rm', '-f', 'terminal-end']);
    }
  });

  it('says when the image has no shell, when the wanted one is missing, and when there is no such user', async (test) => {
    const { cli, socket } = sharedEngine(test);
    const watched = await watchEngine(socket);
    const terminals = new TerminalSessions();
    const bare = await cli(['run', '-d', '--name', 'terminal-bare', 'gantry-test/noshell']);
    const containerId = await cli(['run', '-d', '--name', 'terminal-missing', 'gantry-test/chatty']);
    try {
      const problem = (code: string) => ({ problem: { code } });
      await expect(terminals.open(watched.docker, { containerId: bare, ...size })).rejects.toMatchObject(
        problem('no-shell'),
      );
      const zsh = { containerId, shell: '/bin/zsh', ...size };
      await expect(terminals.open(watched.docker, zsh)).rejects.toMatchObject({
        problem: { code: 'no-shell', title: '/bin/zsh is not in this image' },
      });
      const nobody = { containerId, user: 'somebody', ...size };
      await expect(terminals.open(watched.docker, nobody)).rejects.toMatchObject(problem('user-unknown'));
      await vi.waitFor(() => expect(watched.busy()).toBe(0), patient);
    } finally {
      watched.close();
      await cli(['rm', '-f', 'terminal-bare', 'terminal-missing']);
    }
  });
});
