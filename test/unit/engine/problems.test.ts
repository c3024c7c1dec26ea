import { describe, expect, it } from 'vitest';
import { ProblemError, problemAction, problem as problemSchema } from '#contract/problem';
import type { ProblemContext } from '#engine/catalogue/entry';
import { toProblem } from '#engine/problems';
import { expectLiveButtons } from '../../harness/live-buttons';

const id = 'f'.repeat(64);

/** As docker-modem throws what the engine answered. */
function answered(statusCode: number, message: string): Error {
  return Object.assign(new Error(`(HTTP code ${statusCode}) server error - ${message} `), {
    statusCode,
    json: { message },
  });
}

/** As Node throws when there is no answer. */
const unanswered = (code: string, message: string) => Object.assign(new Error(message), { code });

interface Case {
  code: string;
  error: unknown;
  context?: ProblemContext;
  /** Parts of title and explanation together. */
  says: string[];
  actions?: string[];
}

const cases: Case[] = [
  {
    code: 'name-taken',
    error: answered(
      409,
      `Conflict. The container name "/web" is already in use by container "${id}". You have to remove (or rename) that container to be able to reuse that name.`,
    ),
    context: { freeName: 'web-2' },
    says: ['A container called web already exists', 'ffffffffffff'],
    actions: ['Use web-2', 'Open web', 'Delete the old web'],
  },
  {
    code: 'port-taken',
    error: answered(
      500,
      'driver failed programming external connectivity on endpoint shop (abc): Bind for 0.0.0.0:8080 failed: port is already allocated',
    ),
    context: { holder: { id, name: 'web-1' }, freePort: 8081, field: 'ports.0.hostPort' },
    says: ['Port 8080 is already used by container web-1'],
    actions: ['Use port 8081 instead', 'Stop web-1', 'Show web-1'],
  },
  {
    code: 'port-taken-by-program',
    error: answered(
      500,
      'driver failed programming external connectivity on endpoint x: Error starting userland proxy: listen tcp4 0.0.0.0:8080: bind: address already in use',
    ),
    context: { freePort: 8081, field: 'ports.0.hostPort' },
    says: ['Port 8080 is used by another program'],
    actions: ['Use port 8081 instead'],
  },
  {
    code: 'port-taken-by-program',
    error: answered(
      500,
      'failed to set up container networking: failed to bind host port for 0.0.0.0:8080:172.17.0.2:80/tcp: address already in use',
    ),
    says: ['Port 8080 is used by another program'],
  },
  {
    code: 'port-taken-by-program',
    error: unanswered('EADDRINUSE', 'listen EADDRINUSE: address already in use 127.0.0.1:8080'),
    says: ['used by another program'],
  },
  {
    code: 'port-reserved',
    error: answered(
      500,
      'Ports are not available: exposing port TCP 0.0.0.0:50051 -> 0.0.0.0:0: listen tcp 0.0.0.0:50051: bind: An attempt was made to access a socket in a way forbidden by its access permissions.',
    ),
    says: ['Windows has reserved port 50051'],
  },
  {
    code: 'port-not-allowed',
    error: answered(500, 'rootlessport cannot expose privileged port 80, you can add ...'),
    says: ['may not open port 80'],
  },
  {
    code: 'port-no-address',
    error: answered(
      500,
      'driver failed programming external connectivity on endpoint w: listen tcp4 192.0.2.7:80: bind: cannot assign requested address',
    ),
    says: ['has no address 192.0.2.7'],
  },
  {
    code: 'port-no-address',
    error: answered(
      500,
      'Error starting userland proxy: bind :80 on 2001:db8::7: cannot assign requested address (EADDRNOTAVAIL). This computer has no address 2001:db8::7.',
    ),
    says: ['has no address 2001:db8::7'],
  },
  {
    code: 'folder-missing',
    error: answered(
      400,
      'invalid mount config for type "bind": bind source path does not exist: /srv/no such',
    ),
    says: ['The folder /srv/no such does not exist'],
    actions: ['Create the folder'],
  },
  {
    code: 'mount-kind-mismatch',
    error: answered(
      500,
      'failed to create task for container: error mounting "/a" to rootfs at "/etc/x": mount /a:/etc/x: not a directory: unknown: Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type',
    ),
    says: ['A file was mounted onto a folder'],
  },
  {
    code: 'volume-name-invalid',
    error: answered(
      400,
      'create my/data: "my/data" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path',
    ),
    says: ['my/data is not a name for a volume', 'looks like a path'],
  },
  {
    code: 'mount-duplicate',
    error: answered(400, 'Duplicate mount point: /data'),
    says: ['Two mounts have the same place: /data'],
  },
  {
    code: 'name-invalid',
    error: answered(400, 'Invalid container name (a b), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed'),
    context: { freeName: 'a-b' },
    says: ['a b is not a name for a container'],
    actions: ['Use a-b'],
  },
  {
    code: 'command-not-found',
    error: answered(
      400,
      'failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "nope": executable file not found in $PATH: unknown',
    ),
    says: ['The start command nope is not in the image', '127'],
  },
  {
    code: 'command-not-allowed',
    error: answered(
      400,
      'OCI runtime create failed: container_linux.go:380: starting container process caused: exec: "/run.sh": permission denied: unknown',
    ),
    says: ['The file /run.sh may not be executed', '126', 'chmod +x'],
  },
  {
    code: 'exec-format',
    error: 'exec /app: exec format error',
    context: { platform: 'linux/amd64', name: 'team/app:1' },
    says: ['built for another processor', 'linux/amd64'],
    actions: ['Download it for linux/amd64', 'Find other tags'],
  },
  { code: 'no-command', error: answered(400, 'No command specified'), says: ['does not say what to run'] },
  {
    code: 'no-gpu',
    error: answered(500, 'could not select device driver "" with capabilities: [[gpu]]'),
    says: ['no GPU'],
  },
  {
    code: 'workdir-invalid',
    error: answered(400, "the working directory 'app' is invalid, it needs to be an absolute path"),
    context: { field: 'workdir' },
    says: ['The working folder app is not a full path'],
    actions: ['Use /app'],
  },
  {
    code: 'user-unknown',
    error: answered(400, 'unable to find user nobody2: no matching entries in passwd file'),
    says: ['no user called nobody2'],
  },
  {
    code: 'memory-too-small',
    error: answered(400, 'Minimum memory limit allowed is 6MB'),
    says: ['at least 6MB'],
  },
  {
    code: 'cpus-too-many',
    error: answered(400, 'Range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available'),
    says: ['2 processor cores only'],
  },
  {
    code: 'restart-with-auto-remove',
    error: answered(400, "can't create 'AutoRemove' container with restart policy"),
    says: ['cannot restart by itself'],
  },
  {
    code: 'pull-denied',
    error: answered(
      404,
      "pull access denied for ngnix, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    ),
    says: ['There is no ngnix, or it is private'],
    actions: ['Search for ngnix', 'Add a sign-in'],
  },
  {
    code: 'address-pool-empty',
    error: answered(500, 'all predefined address pools have been fully subnetted'),
    context: {
      unusedNetworks: [
        { id: 'a', name: 'front' },
        { id: 'b', name: 'back' },
      ],
    },
    says: ['No container is connected to front, back.'],
    actions: ['Delete these 2 networks', 'Show networks'],
  },
  {
    code: 'pull-denied',
    error: answered(
      404,
      "pull access denied for ngnix, repository does not exist or may require 'docker login'",
    ),
    context: { similar: 'nginx' },
    says: ['There is no ngnix'],
    actions: ['Did you mean nginx?', 'Search for ngnix', 'Add a sign-in'],
  },
  {
    code: 'port-taken-by-program',
    error: unanswered('EADDRINUSE', 'listen EADDRINUSE: address already in use 127.0.0.1:8080'),
    context: { program: { name: 'node', pid: 1234 } },
    says: ['node (process 1234), which runs outside of any container, listens on this port'],
  },
  {
    code: 'sign-in-needed',
    error: answered(500, 'Get "https://r.example/v2/a/manifests/b": unauthorized: authentication required'),
    context: { name: 'r.example/a:b' },
    says: ['wants a sign-in for r.example/a:b'],
  },
  {
    code: 'platform-missing',
    error: answered(404, 'no matching manifest for linux/arm64/v8 in the manifest list entries'),
    context: { name: 'team/app:1' },
    says: ['team/app:1 is not made for this processor', 'linux/arm64/v8'],
    actions: ['Find other tags'],
  },
  {
    code: 'tag-missing',
    error: answered(404, 'manifest for nginx:nope not found: manifest unknown: manifest unknown'),
    says: ['nginx:nope does not exist'],
    actions: ['Choose from its tags'],
  },
  {
    code: 'image-missing',
    error: answered(404, 'No such image: nginx:1.29'),
    says: ['nginx:1.29 is not on this computer'],
    actions: ['Download it'],
  },
  {
    code: 'rate-limited',
    error: answered(
      500,
      'toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading',
    ),
    says: ['limit for downloads is used up'],
    actions: ['Add a sign-in', 'Try again'],
  },
  {
    code: 'platform-foreign',
    error:
      "The requested image's platform (linux/arm64) does not match the detected host platform (linux/amd64) and no specific platform was requested",
    says: ['runs, but slower', 'linux/arm64', 'linux/amd64'],
  },
  {
    code: 'platform-differs',
    error: answered(
      404,
      'image with reference app:1 was found but does not match the specified platform: wanted linux/arm64, actual: linux/amd64',
    ),
    says: ['app:1 is here for linux/amd64 only'],
    actions: ['Download it for linux/arm64'],
  },
  {
    code: 'reference-invalid',
    error: answered(400, 'invalid reference format: repository name must be lowercase'),
    context: { name: 'Nginx' },
    says: ['Nginx is not the name of an image'],
  },
  {
    code: 'registry-not-trusted',
    error: answered(500, 'Get "https://r.example:5000/v2/": http: server gave HTTP response to HTTPS client'),
    says: ['does not trust this registry', 'insecure-registries'],
  },
  {
    code: 'registry-not-trusted',
    error: answered(500, 'Get "https://r.example/v2/": x509: certificate signed by unknown authority'),
    says: ['does not trust this registry', 'certificate'],
  },
  {
    code: 'registry-unreachable',
    error: answered(
      500,
      'Get "https://r.example/v2/": dial tcp: lookup r.example on 127.0.0.11:53: no such host',
    ),
    says: ['cannot reach r.example', 'No address was found'],
  },
  {
    code: 'disk-full',
    error: answered(500, 'write /var/lib/docker/tmp/GetImageBlob1: no space left on device'),
    says: ['disk is full'],
  },
  {
    code: 'image-in-use',
    error: answered(
      409,
      `conflict: unable to delete abcdef012345 (cannot be forced) - image is being used by running container ${id.slice(0, 12)}`,
    ),
    context: { holder: { id, name: 'web-1' }, name: 'nginx:1.29' },
    says: ['web-1 needs nginx:1.29'],
    actions: ['Show web-1', 'Delete web-1'],
  },
  {
    code: 'image-in-use',
    error: answered(
      409,
      `conflict: unable to remove repository reference "nginx:1.29" (must force) - container ${id.slice(0, 12)} is using its referenced image 0123456789ab`,
    ),
    context: { name: 'nginx:1.29' },
    says: ['container ffffffffffff needs nginx:1.29'],
  },
  {
    code: 'image-has-children',
    error: answered(
      409,
      'conflict: unable to delete abcdef012345 (cannot be forced) - image has dependent child images',
    ),
    says: ['Other images are built on'],
  },
  {
    code: 'image-many-names',
    error: answered(
      409,
      'conflict: unable to delete abcdef012345 (must be forced) - image is referenced in multiple repositories',
    ),
    context: { name: 'app:1' },
    says: ['app:1 has several names'],
  },
  {
    code: 'still-running',
    error: answered(
      409,
      `You cannot remove a running container ${id}. Stop the container before attempting removal or force remove`,
    ),
    context: { name: 'web', id },
    says: ['web is still running'],
    actions: ['Stop and delete'],
  },
  {
    code: 'still-running',
    error: answered(
      409,
      'cannot remove container "/web": container is running: stop the container before removing or force remove',
    ),
    says: ['web is still running'],
  },
  {
    code: 'removal-in-progress',
    error: answered(409, `removal of container ${id} is already in progress`),
    context: { name: 'web' },
    says: ['web is being deleted'],
  },
  {
    code: 'crash-loop',
    error: answered(409, `Container ${id} is restarting, wait until the container is running`),
    context: { name: 'worker', id },
    says: ['worker starts and ends again and again'],
    actions: ['Stop the loop', 'Show its log'],
  },
  {
    code: 'container-paused',
    error: answered(409, `Container ${id} is paused, unpause the container before exec`),
    context: { name: 'cache', id },
    says: ['cache is paused'],
    actions: ['Resume'],
  },
  {
    code: 'container-paused',
    error: answered(500, 'cannot start a paused container, try unpause instead'),
    context: { name: 'cache', id },
    says: ['cache is paused'],
  },
  {
    code: 'container-not-paused',
    error: answered(500, `Container ${id} is not paused`),
    context: { name: 'cache' },
    says: ['cache is not paused'],
  },
  {
    code: 'container-not-running',
    error: answered(409, `Container ${id} is not running`),
    context: { name: 'web', id },
    says: ['web is not running'],
    actions: ['Start it'],
  },
  {
    code: 'container-gone',
    error: answered(404, `No such container: ${id}`),
    context: { name: 'web' },
    says: ['web does not exist any more'],
  },
  {
    code: 'volume-in-use',
    error: answered(409, `remove data: volume is in use - [${id}]`),
    context: { holder: { id, name: 'db' } },
    says: ['data belongs to db'],
    actions: ['Show db'],
  },
  {
    code: 'volume-gone',
    error: answered(404, 'get data: no such volume'),
    says: ['The volume data does not exist any more'],
  },
  {
    code: 'network-in-use',
    error: answered(403, `error while removing network: network front id ${id} has active endpoints`),
    context: { id, connected: [{ id, name: 'web' }] },
    says: ['Containers are connected to front', 'web would lose it'],
    actions: ['Disconnect it'],
  },
  {
    code: 'network-predefined',
    error: answered(403, 'bridge is a pre-defined network and cannot be removed'),
    says: ['The network bridge belongs to the engine'],
  },
  {
    code: 'network-gone',
    error: answered(404, 'network front not found'),
    says: ['The network front does not exist'],
  },
  {
    code: 'network-name-taken',
    error: answered(409, 'network with name front already exists'),
    says: ['A network called front already exists'],
  },
  {
    code: 'network-already-connected',
    error: answered(403, 'endpoint with name web already exists in network front'),
    says: ['web is connected to front already'],
  },
  {
    code: 'address-pool-empty',
    error: answered(404, 'could not find an available, non-overlapping IPv4 address pool among the defaults'),
    says: ['no address range left'],
  },
  {
    code: 'address-pool-empty',
    error: answered(500, 'all predefined address pools have been fully subnetted'),
    says: ['no address range left'],
  },
  {
    code: 'address-range-taken',
    error: answered(403, 'Pool overlaps with other one on this address space'),
    says: ['This address range is taken'],
    actions: ['Let the engine choose'],
  },
  {
    code: 'address-range-invalid',
    error: answered(400, 'invalid CIDR address: 172.30.0.0/99'),
    says: ['172.30.0.0/99 is not an address range'],
  },
  {
    code: 'client-too-old',
    error: answered(
      400,
      'client version 1.41 is too old. Minimum supported API version is 1.44, please upgrade',
    ),
    says: ['too new for this Gantry', '1.44'],
  },
  {
    code: 'engine-too-old',
    error: answered(400, 'client version 1.56 is too new. Maximum supported API version is 1.40'),
    says: ['too old for Gantry', '1.40'],
  },
  {
    code: 'engine-off',
    error: unanswered('ENOENT', 'connect ENOENT /var/run/docker.sock'),
    context: { host: 'unix:///var/run/docker.sock' },
    says: ['The engine is off', 'unix:///var/run/docker.sock'],
    actions: ['Try now', 'Choose another engine'],
  },
  {
    code: 'engine-off',
    error: unanswered('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:2375'),
    says: ['The engine is off'],
  },
  {
    code: 'engine-off',
    error: 'Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?',
    says: ['The engine is off'],
  },
  {
    code: 'engine-forbidden',
    error: unanswered('EACCES', 'connect EACCES /var/run/docker.sock'),
    says: ['You may not use this engine', 'group “docker”'],
  },
  {
    code: 'engine-unreachable',
    error: unanswered('ENOTFOUND', 'getaddrinfo ENOTFOUND engine.example'),
    says: ['cannot be reached'],
  },
  {
    code: 'engine-not-trusted',
    error: unanswered('DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate'),
    says: ['secured connection to the engine failed'],
  },
  {
    code: 'engine-ssh-failed',
    error: new Error('ssh: ended with 255: u@h: Permission denied (publickey).'),
    says: ['ssh connection'],
  },
  {
    code: 'engine-broke-off',
    error: unanswered('ECONNRESET', 'socket hang up'),
    says: ['broke off the connection'],
  },
  {
    code: 'engine-silent',
    error: Object.assign(new Error('The operation was aborted', { cause: timeout() }), {
      name: 'AbortError',
    }),
    says: ['does not answer'],
  },
  {
    code: 'engine-garbled',
    error: unanswered('HPE_INVALID_CONSTANT', 'Parse Error: Expected HTTP/'),
    says: ['not a Docker engine'],
  },
];

function timeout() {
  return new DOMException('The operation was aborted due to timeout', 'TimeoutError');
}

describe('the problem table', () => {
  it.each(cases)('$code: $says', ({ code, error, context, says, actions }) => {
    const problem = toProblem(error, context);
    expect(problem.code).toBe(code);
    const words = `${problem.title} ${problem.explanation}`;
    for (const part of says) expect(words).toContain(part);
    if (actions) expect(problem.actions.map(({ label }) => label)).toEqual(actions);
  });

  it.each(cases)('$code keeps the shape of the contract and plain words', ({ error, context }) => {
    const problem = problemSchema.parse(toProblem(error, context));
    for (const action of problem.actions) problemAction.parse(action);
    expectLiveButtons(problem);
    const words = [problem.title, problem.explanation, ...problem.actions.map(({ label }) => label)];
    for (const text of words) {
      expect(text).not.toMatch(/!|please|undefined|HTTP code|Error response/i);
      expect(text.trim()).not.toBe('');
    }
    expect(problem.title).not.toMatch(/\.$/);
  });
});

describe('toProblem', () => {
  it('keeps the engine’s words unchanged in the detail, without wrappers', () => {
    const message = 'something  nobody knows: [x]';
    expect(toProblem(answered(500, message)).detail).toBe(message);
    expect(toProblem(new Error(`(HTTP code 500) server error - ${message}`)).detail).toBe(message);
    expect(toProblem(`Error response from daemon: ${message}`).detail).toBe(message);
    expect(toProblem(`Error invoking remote method 'x': ${message}`).detail).toBe(message);
  });

  it('says what was tried when it has no explanation', () => {
    const problem = toProblem(answered(500, 'odd'), {
      doing: 'start web',
      command: ['docker', 'start', 'web'],
    });
    expect(problem).toMatchObject({
      code: 'unknown',
      title: 'Could not start web',
      detail: 'odd',
      command: ['docker', 'start', 'web'],
      actions: [{ kind: 'retry' }],
    });
  });

  it('does not take a text for an answer of another status', () => {
    expect(toProblem(answered(500, 'No such image: x')).code).toBe('unknown');
  });

  it('lets a problem through as it is', () => {
    const problem = { code: 'x', title: 't', explanation: 'e', actions: [] };
    expect(toProblem(new ProblemError(problem))).toBe(problem);
  });

  it('tells a cancelled call from one that took too long', () => {
    const cancelled = Object.assign(new Error('The operation was aborted'), { name: 'AbortError' });
    expect(toProblem(cancelled).code).toBe('cancelled');
    expect(toProblem(timeout()).code).toBe('engine-silent');
  });

  it('takes anything that can be thrown', () => {
    for (const thrown of [undefined, null, 7, {}, Symbol('x'), new Error('')]) {
      expect(problemSchema.parse(toProblem(thrown)).code).toBe('unknown');
    }
  });
});

it('looks at a very long text from both ends, and keeps it whole', () => {
  // Rules that take the square of its length would need minutes, and this test its time limit.
  const long = `create ${'X'.repeat(300_000)}: no space left on device`;
  expect(toProblem(new Error(long))).toMatchObject({ code: 'disk-full', detail: long });
});
