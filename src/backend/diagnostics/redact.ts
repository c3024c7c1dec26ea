import { BlockList, isIP } from 'node:net';
import { plainText } from './plain-text';
import { redactionRules } from './redact-rules';

export interface Known {
  /** Names of this user that are words of their own; the home folder is hidden too. */
  userName: string;
  home: string;
  /** This computer's, and those of registries, engines and proxies that the settings name. */
  hostNames: readonly string[];
}

/** What was taken out, and how often. */
export type Hidden = Map<string, number>;

/** Stands in the text for what was there. */
export const mark = (what: string) => `‹${what}›`;

/** Accounts of systems, and words too short or too common to be told from other words, say nothing about a person. */
const common = /^(?:root|user|admin|administrator|docker|gantry|home|node|runner|.{0,2})$/i;

const literally = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

const wholeWord = (words: readonly string[]): RegExp | null =>
  words.length === 0 ? null : new RegExp(`(?<![\\w-])(?:${words.map(literally).join('|')})(?![\\w-])`, 'gi');

/** Addresses that are the same everywhere, so that they tell nothing about this computer's place. */
const inside = new BlockList();
for (const [base, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['224.0.0.0', 3],
] as const) {
  inside.addSubnet(base, bits, 'ipv4');
}
for (const [base, bits] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  inside.addSubnet(base, bits, 'ipv6');
}

const addressLike =
  /(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\d)|[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}(?![\w:.]))/gi;

function isOutside(text: string): boolean {
  const kind = isIP(text);
  return kind !== 0 && !inside.check(text, kind === 4 ? 'ipv4' : 'ipv6');
}

/** Takes out of texts what is nobody else's business, and counts it. */
export class Redaction {
  readonly hidden: Hidden = new Map();
  readonly #userName: RegExp | null;
  readonly #home: RegExp | null;
  readonly #hosts: RegExp | null;

  constructor({ userName, home, hostNames }: Known) {
    this.#userName = wholeWord(common.test(userName) ? [] : [userName]);
    this.#home = home.length > 2 ? new RegExp(`${literally(home)}(?![\\w-])`, 'g') : null;
    this.#hosts = wholeWord(
      [...new Set(hostNames)].filter((name) => !common.test(name) && name !== 'localhost'),
    );
  }

  /** Text of any kind. Characters that would do something in a terminal are left out. */
  text(text: string): string {
    let out = plainText(text);
    if (this.#home) out = out.replace(this.#home, () => this.#hide('home folder'));
    for (const { pattern, what } of redactionRules) {
      out = out.replace(pattern, (...match) => this.#replaced(match, what));
    }
    if (this.#hosts) out = out.replace(this.#hosts, () => this.#hide('host name'));
    if (this.#userName) out = out.replace(this.#userName, () => this.#hide('name'));
    return out.replace(addressLike, (found) => (isOutside(found) ? this.#hide('address') : found));
  }

  /** What a rule keeps before and after what it hides are its groups `before` and `after`. */
  #replaced(match: unknown[], what: string): string {
    const groups = match.at(-1);
    const { before = '', after = '' } =
      typeof groups === 'object' ? ({ ...groups } as Record<string, string>) : {};
    return `${before}${this.#hide(what)}${after}`;
  }

  #hide(what: string): string {
    this.hidden.set(what, (this.hidden.get(what) ?? 0) + 1);
    return mark(what);
  }
}
