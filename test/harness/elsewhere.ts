import { existsSync } from 'node:fs';
import { z } from 'zod';
import { type CheckId, type Finding, finding } from '#contract/diagnostics';
import { ROOT } from './app';
import { run } from './run';

const program = 'out/cli/gantry.js';

/** A computer that differs from this one in a few files, as one program sees it. */
export interface Elsewhere {
  /** Gantry's home. */
  home: string;
  /** What is seen at the second path in place of what is there, in this order. */
  mounts?: [from: string, at: string][];
  /** The user is root without any of root's rights, in these groups alone. */
  groups?: number[];
  env?: Record<string, string>;
  /** Asks Docker Hub, too. */
  network?: boolean;
}

/** Why there is no such computer; undefined when there is. */
export const whyNotElsewhere = (): string | undefined =>
  existsSync(`${ROOT}/${program}`) ? undefined : `${program} is missing: \`node scripts/build.mjs\` makes it`;

const answer = z.object({ findings: z.array(finding) });

/** A proxy of this computer would be asked for the names and registries that a test makes up. */
const withoutProxies = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:https?|no|all)_proxy$|^DOCKER_/i.test(name)),
  );

const withoutRights = (groups: number[]) => [
  ...['setpriv', '--bounding-set=-all', '--inh-caps=-all'],
  ...(groups.length > 0 ? ['--groups', groups.join()] : ['--clear-groups']),
];

/** Runs `gantry diagnose` there, and gives what it found. */
export async function diagnoseElsewhere(place: Elsewhere): Promise<Map<CheckId, Finding>> {
  const { home, mounts = [], groups, env, network } = place;
  // Exit code 1 says that something is wrong, which is what is asked for.
  const script = 'while [ "$1" != -- ]; do mount --rbind "$1" "$2"; shift 2; done; shift; "$@" || [ $? = 1 ]';
  const said = await run(
    'unshare',
    [
      ...['--mount', '--propagation', 'private', 'sh', '-ec', script, 'sh'],
      ...[...mounts.flat(), '--', ...(groups ? withoutRights(groups) : [])],
      ...[process.execPath, program, 'diagnose', '--json', ...(network ? ['--network'] : [])],
    ],
    {
      cwd: ROOT,
      env: { ...withoutProxies(), GANTRY_HOME: home, DOCKER_CONFIG: `${home}/docker-cli`, ...env },
    },
  );
  const { findings } = answer.parse(JSON.parse(said.toString()));
  return new Map(findings.map((found) => [found.id, found]));
}
