import type { ProblemAction } from '#contract/problem';
import { changeAndRun, replace, showContainer, stop } from './actions';
import type { ProblemContext, SaidEntry } from './entry';

/** Where the title speaks of what is in the way, the explanation says what it was in the way of. */
const notStarted = ({ name }: ProblemContext) => (name ? `${name} could not start. ` : '');

function otherPort({ freePort, field, id }: ProblemContext, taken: string | undefined): ProblemAction[] {
  if (!freePort) return [];
  const label = `Use port ${freePort} instead`;
  if (field) return [changeAndRun(label, field, freePort)];
  return id && taken ? [replace(label, id, { kind: 'port', from: Number(taken), to: freePort })] : [];
}

const listener = ({ program, neighbour }: ProblemContext) => {
  if (neighbour) return `A container of ${neighbour.engine}, the other engine on this computer,`;
  return program
    ? `${program.name} (process ${program.pid}), which runs outside of any container,`
    : 'A program outside of any container';
};

function stopHolder({ holder }: ProblemContext): ProblemAction[] {
  return holder ? [stop(holder.id, `Stop ${holder.name}`), showContainer(holder)] : [];
}

/** What goes wrong when ports are published. More exact patterns come first. */
export const portEntries: readonly SaidEntry[] = [
  {
    code: 'port-taken',
    pattern: /Bind for (\S+?):(\d+) failed: port is already allocated/,
    explain: ([, , port = ''], context) => ({
      title: context.holder
        ? `Port ${port} is already used by container ${context.holder.name}`
        : `Port ${port} is already used by another container`,
      explanation: `${notStarted(context)}A port on this computer can lead to one container only.`,
      actions: [...otherPort(context, port), ...stopHolder(context)],
    }),
  },
  {
    code: 'port-taken-by-program',
    pattern: /(?:bind|listen)[^\n]*?:(\d+)[^\n]*address already in use|EADDRINUSE[^\n]*?:(\d+)\b/,
    explain: ([, first, second], context) => ({
      title: context.neighbour
        ? `Port ${first ?? second ?? ''} is used by ${context.neighbour.name} in ${context.neighbour.engine}`
        : `Port ${first ?? second ?? ''} is used by another program on this computer`,
      explanation: `${notStarted(context)}${listener(context)} listens on this port, so the engine cannot have it.`,
      actions: otherPort(context, first ?? second),
    }),
  },
  {
    code: 'port-reserved',
    pattern: /:(\d+)[^\n]*access a socket in a way forbidden by its access permissions/,
    explain: ([, port = ''], context) => ({
      title: `Windows has reserved port ${port}`,
      explanation: 'Windows keeps ranges of ports for itself, and this one is in such a range.',
      actions: otherPort(context, port),
    }),
  },
  {
    code: 'port-not-allowed',
    pattern: /(?:expose privileged port (\d+)|bind[^\n]*?:(\d+)[^\n]*permission denied)/,
    explain: ([, privileged, refused], context) => ({
      title: `The engine may not open port ${privileged ?? refused ?? ''}`,
      explanation:
        'Ports below 1024 need rights that neither a rootless engine nor an ordinary user, as whom Gantry’s VM runs, has.',
      actions: otherPort(context, privileged ?? refused),
    }),
  },
  {
    code: 'port-no-address',
    // Of Gantry's VM with an IPv6 address, and of everything else.
    pattern:
      /(?:bind :\d+ on ([0-9a-f:]+)|(?:bind|listen \w+) \[?([0-9a-f.:]+?)\]?:\d+):(?: bind:)? cannot assign requested address/,
    explain: ([, six, other], { field }) => ({
      title: `This computer has no address ${six ?? other ?? ''}`,
      explanation:
        'A port can be published at an address that the computer has, or without one. The address may have changed with the network.',
      actions: field?.endsWith('.hostPort')
        ? [changeAndRun('Publish on this computer only', field.replace(/hostPort$/, 'hostIp'), '127.0.0.1')]
        : [],
    }),
  },
];
