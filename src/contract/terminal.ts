import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { instant, procedure } from './base';

/** A shell inside a container. It lives in the backend, so it survives switching views and closing the window. */
export const terminalSession = z.object({
  sessionId: z.string(),
  containerId: z.string(),
  /** Path of the shell that was found or chosen, for example `/bin/bash`. */
  shell: z.string(),
  user: z.string(),
  openedAt: instant,
  /** Null while it runs. */
  exitCode: z.number().nullable(),
});
export type TerminalSession = z.infer<typeof terminalSession>;

const size = { columns: z.number().int().min(2).max(1000), rows: z.number().int().min(1).max(1000) };
const bySession = z.object({ sessionId: z.string() });

export const terminalContract = {
  sessions: procedure.input(z.object({ containerId: z.string() })).output(z.array(terminalSession)),
  /** Finds a shell by trying when none is named. Fails with `no-shell` when the image has none. */
  open: procedure
    .input(
      z.object({
        containerId: z.string(),
        shell: z.string().optional(),
        user: z.string().optional(),
        ...size,
      }),
    )
    .output(terminalSession),
  /** First what was on the screen (up to 256 KB), then live output; ends with the shell. */
  output: procedure
    .input(bySession)
    .output(eventIterator(z.object({ data: z.string().optional(), exitCode: z.number().optional() }))),
  write: procedure.input(bySession.extend({ data: z.string() })).output(z.void()),
  resize: procedure.input(bySession.extend(size)).output(z.void()),
  /** Ends the shell, and what it started. */
  close: procedure.input(bySession).output(z.void()),
};
