import { once } from 'node:events';
import { connect } from 'node:net';
import { ProblemError } from '#contract/problem';
import { followProgram, type GuestProgram } from './link/run';
import type { Places } from './places';
import { notRunning } from './problems';
import type { ShellRequest } from './shell-door';

/** Runs a program in the guest, as root, through the keeper. @throws ProblemError while the VM does not run */
export async function runInGuest(
  places: Places,
  request: ShellRequest,
  signal: AbortSignal,
): Promise<GuestProgram> {
  const socket = connect({ path: places.shellSocket, allowHalfOpen: true });
  try {
    await once(socket, 'connect', { signal });
  } catch {
    throw new ProblemError(notRunning);
  }
  socket.write(`${JSON.stringify(request)}\n`);
  return followProgram(socket, signal);
}
