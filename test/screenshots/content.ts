import { createServer } from 'node:net';
import type { TestEngine } from '../harness/engine';
import { type FixtureName, fixtureImage, loadImage } from '../harness/images';
import type { TestRegistry } from '../harness/registry';

/** A log as a small web service writes it: a thousand lines at once, then a few each second. */
const service = `
say() {
  n=$1; id=$((1000 + n * 37 % 9000)); took=$((3 + n * 7 % 48))
  case $((n % 23)) in
    0) printf '\\033[33mWARN \\033[0m GET /api/stock/%s answered late (%s ms)\\n' $id $((took * 21)) ;;
    7) printf '\\033[31mERROR\\033[0m POST /api/payments/%s: connection to payments:8443 refused\\n' $id >&2 ;;
    11) printf '\\033[32mINFO \\033[0m Order %s is paid, 3 items reserved\\n' $id ;;
    17) printf '\\033[32mINFO \\033[0m {"job":"mail","order":%s,"queue":14,"took":"%sms"}\\n' $id $took ;;
    *) printf '\\033[32mINFO \\033[0m GET /api/orders/%s 200 in %s ms\\n' $id $took ;;
  esac
}
trap 'exit 0' TERM
n=0; while [ $n -lt 1000 ]; do n=$((n + 1)); say $n; done
cache=$(head -c 30000000 /dev/zero | tr '\\000' x)
while :; do
  n=$((n + 1)); say $n; i=0
  while [ $i -lt $((n * 7919 % 30000)) ]; do i=$((i + 1)); done
  sleep 0.2
done`;

interface ImagePlan {
  name: string;
  from: FixtureName;
  lines?: string[];
}

/** A shell's program that holds this much memory, in MB, and does nothing. */
const holding = (megabytes: number) =>
  `trap 'exit 0' TERM; held=$(head -c ${megabytes}000000 /dev/zero | tr '\\000' x); sleep 100000 & wait`;

const images: ImagePlan[] = [
  { name: 'nginx:1.29', from: 'hello' },
  { name: 'postgres:18', from: 'bigpull', lines: ['ENV PGDATA=/var/lib/postgresql/18', 'EXPOSE 5432'] },
  { name: 'redis:8', from: 'layers', lines: ['USER 0', 'EXPOSE 6379'] },
  { name: 'grafana/grafana:12.2', from: 'hello', lines: ['EXPOSE 3000'] },
  { name: 'shop/api:2.4.1', from: 'chatty', lines: [`CMD ["/bin/sh", "-c", ${JSON.stringify(service)}]`] },
  { name: 'shop/web:2.4.1', from: 'hello', lines: ['ENV API_URL=http://api:8080'] },
  { name: 'shop/import:1.7', from: 'failing' },
  { name: 'ubuntu:24.04', from: 'chatty' },
];

/** The port itself if it is free here, else any other. */
function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', () => (wanted === 0 ? reject(new Error('No port is free')) : resolve(freePort(0))));
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : wanted));
    });
  });
}

const publish = async (wanted: number, inside: number) => [
  '--publish',
  `127.0.0.1:${await freePort(wanted)}:${inside}`,
];

/** As compose marks what belongs to a project. */
const compose = (project: string, name: string) => [
  ...['--name', `${project}-${name}-1`, '--network', `${project}_default`, '--network-alias', name],
  ...['--label', `com.docker.compose.project=${project}`, '--label', `com.docker.compose.service=${name}`],
  ...['--label', `com.docker.compose.project.config_files=/home/me/${project}/compose.yaml`],
];

async function buildImages(engine: TestEngine): Promise<void> {
  for (const from of new Set(images.map((image) => image.from))) {
    await loadImage(engine, await fixtureImage(from), `base-${from}:latest`);
  }
  for (const { name, from, lines = [] } of images) {
    const input = [`FROM base-${from}`, `LABEL org.opencontainers.image.title=${name}`, ...lines].join('\n');
    await engine.cli(['build', '--tag', name, '-'], { input });
  }
  await engine.cli(['rmi', ...new Set(images.map(({ from }) => `base-${from}`))]);
}

/** Fills an engine with what a developer's usually has: two projects, some of it unwell, and leftovers. */
export async function fillEngine(engine: TestEngine): Promise<void> {
  await buildImages(engine);
  for (const [kind, name, project] of [
    ['network', 'shop_default', 'shop'],
    ['network', 'blog_default', 'blog'],
    ['network', 'monitoring', ''],
    ['volume', 'shop_db-data', 'shop'],
    ['volume', 'shop_uploads', 'shop'],
    ['volume', 'grafana-data', ''],
    ['volume', 'backup-2025', ''],
  ] as const) {
    const labels = project ? ['--label', `com.docker.compose.project=${project}`] : [];
    await engine.cli([kind, 'create', ...labels, name]);
  }
  const run = (...args: string[]) => engine.cli(['run', '--detach', ...args]);
  const fill = `dd if=/dev/urandom of=/var/lib/postgresql/base bs=1M count=38 2>/dev/null; ${holding(46)}`;
  const db = ['--volume', 'shop_db-data:/var/lib/postgresql', '--env', 'POSTGRES_PASSWORD=correct-horse'];
  await run(...compose('shop', 'db'), ...db, 'postgres:18', 'sh', '-c', fill);
  const cache = ['--memory', '256m', '--volume', 'shop_cache:/data', 'redis:8'];
  await run(...compose('shop', 'cache'), ...cache, 'sh', '-c', holding(18));
  const api = ['--memory', '512m', '--cpus', '1.5', '--env', 'DATABASE_URL=postgres://shop@db/shop'];
  await run(...compose('shop', 'api'), ...api, ...(await publish(8081, 8080)), 'shop/api:2.4.1');
  const web = ['--volume', 'shop_uploads:/www/uploads', ...(await publish(8080, 80))];
  await run(...compose('shop', 'web'), ...web, 'shop/web:2.4.1');
  const check = ['--health-cmd', 'echo "queue: no answer from cache:6379"; false', '--health-interval', '2s'];
  await run(...compose('shop', 'worker'), ...check, '--health-retries', '1', 'shop/api:2.4.1');
  await run(...compose('blog', 'web'), ...(await publish(8090, 80)), 'nginx:1.29');
  await run(...compose('blog', 'db'), '--stop-timeout', '1', 'postgres:18');
  await engine.cli(['stop', 'blog-db-1']);
  const grafana = ['--network', 'monitoring', '--volume', 'grafana-data:/var/lib/grafana'];
  await run(
    '--name',
    'grafana',
    ...grafana,
    ...(await publish(3000, 3000)),
    'grafana/grafana:12.2',
    'sh',
    '-c',
    holding(25),
  );
  await run('--name', 'import-job', 'shop/import:1.7');
  await engine.cli(['create', '--name', 'scratchpad', 'ubuntu:24.04']);
}

/** What a team keeps in a registry of its own. */
export async function fillRegistry(registry: TestRegistry): Promise<void> {
  const tags = ['2.4.1', '2.4.0', '2.3.7', '2.3.6', '2.2.0', 'latest'];
  await registry.push(await fixtureImage('chatty'), 'shop/api', ...tags);
  await registry.push(await fixtureImage('hello'), 'shop/web', ...tags);
  await registry.push(await fixtureImage('failing'), 'shop/import', '1.7', '1.6');
  await registry.push(await fixtureImage('bigpull'), 'shop/search', '0.9.0', 'latest');
}
