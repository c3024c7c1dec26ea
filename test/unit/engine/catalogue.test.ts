import { describe, expect, it } from 'vitest';
import type { Problem } from '#contract/problem';
import { catalogue } from '#engine/catalogue/index';
import { containerInspect } from '#engine/container-inspect';
import { toProblem } from '#engine/problems';
import { why } from '#engine/why';
import { expectLiveButtons } from '../../harness/live-buttons';
import { provoked } from '../../integration/engine/provoked';

type List = keyof typeof catalogue;

/** A container that ended with exit code 1 after these words. */
const ended = (said: string, state: object = {}) =>
  why({
    container: containerInspect.parse({
      Id: 'c0ffee',
      Name: '/shop',
      Image: 'sha256:abc',
      State: {
        Status: 'exited',
        ExitCode: 1,
        StartedAt: '2026-03-01T10:00:00Z',
        FinishedAt: '2026-03-01T11:00:00Z',
        ...state,
      },
      Config: { Image: 'shop:1' },
      HostConfig: {},
      NetworkSettings: {},
    }),
    lastLines: said.split('\n'),
  });

const answered = (statusCode: number, message: string) =>
  toProblem(Object.assign(new Error(message), { statusCode, json: { message } }));

/** Entries that test/integration/engine/catalogue.test.ts does not provoke: why, and the verbatim words instead. */
const unprovoked: { list: List; code: string; because: string; problem: () => Problem | null }[] = [
  {
    list: 'said',
    code: 'port-reserved',
    because: 'Windows alone reserves ports',
    problem: () =>
      answered(
        500,
        'Ports are not available: listen tcp 0.0.0.0:50051: bind: An attempt was made to access a socket in a way forbidden by its access permissions.',
      ),
  },
  {
    list: 'said',
    code: 'port-not-allowed',
    because: 'the test engine runs as root, who may open every port',
    problem: () =>
      answered(
        500,
        "driver failed programming external connectivity on endpoint web (0a1b): Error starting userland proxy: error while calling PortManager.AddPort(): cannot expose privileged port 80, you can add 'net.ipv4.ip_unprivileged_port_start=80' to /etc/sysctl.conf",
      ),
  },
  {
    list: 'said',
    code: 'exec-format',
    because: 'runc of this version writes it to the log of the container instead (see lastWords)',
    problem: () =>
      answered(
        400,
        'failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec /app: exec format error: unknown',
      ),
  },
  {
    list: 'said',
    code: 'removal-in-progress',
    because: 'two removals would have to meet by chance',
    problem: () => answered(409, `removal of container ${'f'.repeat(64)} is already in progress`),
  },
  {
    list: 'lastWords',
    code: 'password-refused',
    because: 'there is no database in the tests',
    problem: () => ended('FATAL:  password authentication failed for user "shop"'),
  },
  {
    list: 'lastWords',
    code: 'name-not-found',
    because: 'the static busybox of the tests crashes where it looks up a name',
    problem: () => ended('Error: getaddrinfo ENOTFOUND shop-db'),
  },
  {
    list: 'states',
    code: 'half-deleted',
    because: 'the engine leaves one behind only when its file system fails',
    problem: () => ended('', { Status: 'dead' }),
  },
];

const lists: List[] = ['said', 'lastWords', 'states'];

describe('the catalogue', () => {
  it.each(unprovoked)('$list: $code (not provoked: $because)', ({ code, problem }) => {
    const told = problem();
    expect(told?.code).toBe(code);
    if (told) expectLiveButtons(told);
  });

  it.each(lists)('has a test for each entry of %s, and no test of what is not there', (list) => {
    const known = [...new Set(catalogue[list].map(({ code }) => code))];
    const tested = [
      ...Object.keys(provoked[list]),
      ...unprovoked.filter((one) => one.list === list).map(({ code }) => code),
    ];
    expect(tested.toSorted()).toEqual(known.toSorted());
  });
});
