import { existsSync } from 'node:fs';
import { lstat, mkdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import { delimiter, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { Tool, Tools as ToolsStatus } from '#contract';
import { ProblemError } from '#contract/problem';
import { dockerConfigFolder } from '#engine/docker-contexts';
import { copyPrograms, imageVersions } from '#vm/image-programs';
import { executable, findProgram } from '#vm/qemu/programs';
import { readRecord, writeRecord } from '#vm/records';
import type { ToolsAround } from './around';
import { type KnownTool, knownTools } from './list';

/** Versions of the copies, by the tools' names. */
const copies = z.record(z.string(), z.string());

const notLinked = (link: string, error: unknown) =>
  new ProblemError({
    code: 'tools-not-linked',
    title: `The link ${link} could not be made`,
    explanation: `Make its folder writable, then try again. What was linked before stays.`,
    actions: [{ kind: 'retry', label: 'Try again' }],
    detail: String(error),
  });

/**
 * Commands for the terminal: links in the user's folders that lead into Gantry's folder `tools`. By that they are told
 * from what others put there, which is never touched.
 */
export class Tools {
  /** Has copies of the image's programs, and a link to Gantry's own command, which moves with Gantry. */
  readonly #folder: string;

  constructor(private readonly around: ToolsAround) {
    this.#folder = join(around.dataFolder, 'tools');
  }

  async status(): Promise<ToolsStatus> {
    const [brought, copied] = await Promise.all([imageVersions(this.around.image), this.#copied()]);
    const tools = await Promise.all(knownTools.map((known) => this.#look(known, { brought, copied })));
    return { tools, notOnPath: this.#notOnPath(tools) };
  }

  async install(signal: AbortSignal): Promise<ToolsStatus> {
    const { tools } = await this.status();
    const wanted = knownTools.filter(({ name }) =>
      tools.some((tool) => tool.name === name && tool.state !== 'other' && tool.why === null),
    );
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await this.#copy(wanted, signal);
    for (const known of wanted) {
      if (known.image === null && this.around.command) await this.#leadTo(known, this.around.command);
      await this.#link(known);
    }
    return this.status();
  }

  async remove(): Promise<ToolsStatus> {
    for (const known of knownTools) if (await this.#isOurs(known)) await rm(this.#linkOf(known));
    await rm(this.#folder, { recursive: true, force: true });
    return this.status();
  }

  #linkOf({ kind, name }: KnownTool): string {
    const { env, home } = this.around;
    return kind === 'command'
      ? join(this.#commands, name)
      : join(dockerConfigFolder(env, home), 'cli-plugins', name);
  }

  /** Where a user's own commands are: https://specifications.freedesktop.org/basedir-spec/latest/ */
  get #commands(): string {
    return join(this.around.home, '.local/bin');
  }

  #programOf({ name }: KnownTool): string {
    return join(this.#folder, name);
  }

  get #recordPath(): string {
    return join(this.#folder, 'copies.json');
  }

  async #copied(): Promise<Record<string, string>> {
    return (await readRecord(this.#recordPath, copies)) ?? {};
  }

  async #isOurs(known: KnownTool): Promise<boolean> {
    const link = this.#linkOf(known);
    const target = await readlink(link).catch(() => null);
    return target !== null && resolve(dirname(link), target) === this.#programOf(known);
  }

  /** What is there that is not ours; null when nothing is. */
  async #other({ kind, name }: KnownTool, link: string): Promise<string | null> {
    const isThere = await lstat(link).then(
      () => true,
      () => false,
    );
    if (isThere) return link;
    if (kind === 'command') return findProgram(name, this.around.env);
    for (const folder of this.around.pluginFolders)
      if (await executable(join(folder, name))) return join(folder, name);
    return null;
  }

  async #look(
    known: KnownTool,
    { brought, copied }: { brought: ReadonlyMap<string, string>; copied: Record<string, string> },
  ): Promise<Tool> {
    const link = this.#linkOf(known);
    const bare = { name: known.name, link, found: null, version: null, newer: null, why: null };
    const offered = known.image && (brought.get(known.image.package) ?? null);
    if (await this.#isOurs(known)) {
      const version = copied[known.name] ?? null;
      return { ...bare, state: 'linked', version, newer: offered === version ? null : offered };
    }
    const found = await this.#other(known, link);
    if (found !== null) return { ...bare, state: 'other', found };
    return { ...bare, state: 'absent', why: this.#whyNot(known, offered) };
  }

  #whyNot({ image }: KnownTool, offered: string | null): string | null {
    const { platform, command } = this.around;
    if (platform === 'win32')
      return 'Gantry makes no links on Windows: the system’s settings can add the folder of a program to the Path.';
    if (image === null) return command ? null : 'From here Gantry has no place that a link could lead to.';
    if (platform === 'darwin')
      return 'Gantry brings it for Linux alone. With Homebrew: brew install docker docker-compose docker-buildx.';
    return offered === null
      ? 'It comes out of the image of Gantry’s virtual machine, which is not there yet: `gantry start` makes it.'
      : null;
  }

  #notOnPath(tools: readonly Tool[]): string | null {
    const commands = knownTools.filter(({ kind }) => kind === 'command').map(({ name }) => name);
    const matters = tools.some(
      ({ name, state, why }) => commands.includes(name) && state !== 'other' && why === null,
    );
    const onPath = (this.around.env.PATH ?? '').split(delimiter).includes(this.#commands);
    return matters && !onPath ? this.#commands : null;
  }

  /** Copies what is not there yet, or there in another version than the image has. */
  async #copy(wanted: readonly KnownTool[], signal: AbortSignal): Promise<void> {
    const [brought, copied] = await Promise.all([imageVersions(this.around.image), this.#copied()]);
    const stale = wanted.flatMap((known) => {
      const version = known.image && brought.get(known.image.package);
      const isHere = copied[known.name] === version && existsSync(this.#programOf(known));
      return known.image && version && !isHere ? [{ ...known.image, version }] : [];
    });
    if (stale.length === 0) return;
    await copyPrograms(this.around.image, stale, this.#folder, signal);
    const now = Object.fromEntries(stale.map(({ name, version }) => [name, version]));
    await writeRecord(this.#recordPath, { ...copied, ...now });
  }

  /** Replaces a link of our own folder. */
  async #leadTo(known: KnownTool, target: string): Promise<void> {
    const program = this.#programOf(known);
    await rm(`${program}.new`, { force: true });
    await symlink(target, `${program}.new`);
    await rename(`${program}.new`, program);
  }

  async #link(known: KnownTool): Promise<void> {
    if (await this.#isOurs(known)) return;
    const link = this.#linkOf(known);
    try {
      await mkdir(dirname(link), { recursive: true });
      await symlink(this.#programOf(known), link);
    } catch (error) {
      throw notLinked(link, error);
    }
  }
}
