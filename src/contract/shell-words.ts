/** A word that a POSIX shell reads as exactly this text. */
export const quoteWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** Commands of a pasted text, as a POSIX shell would divide it, and what it would do that is not done here. */
export interface ShellText {
  /** Words of each command; `;`, `&&`, `|`, `&` and line ends divide them. */
  commands: string[][];
  /** `$HOME`, `$(pwd)`: a shell would put something else there; kept as it is written. */
  expansions: string[];
  /** Whether a quotation mark is missing its partner. */
  unfinished: boolean;
}

const expansion = /^\$(?:\w+|\{[^}]*\}|\([^)]*\))/;

class Reader {
  private at = 0;
  private word: string | null = null;
  private words: string[] = [];
  readonly text: ShellText = { commands: [], expansions: [], unfinished: false };

  constructor(private readonly source: string) {}

  read(): ShellText {
    while (this.at < this.source.length) this.step(this.source.charAt(this.at));
    this.endCommand();
    return this.text;
  }

  private step(char: string): void {
    if (this.continuesLine(char)) return;
    if (char === '\\' && this.inWindowsPath()) this.add(char, 1);
    else if (char === '\\') this.add(this.source.charAt(this.at + 1), 2);
    else if (char === "'") this.singleQuoted();
    else if (char === '"') this.doubleQuoted();
    else if (char === '$' || char === '`') this.expanded();
    else if (char === '\n' || ';&|'.includes(char)) this.divide();
    else if (/\s/.test(char)) this.divideWord();
    else if (char === '#' && this.word === null) this.skipComment();
    else this.add(char, 1);
  }

  /** A backslash before a line end; also the marks of PowerShell (`) and cmd (^), which documentation uses. */
  private continuesLine(char: string): boolean {
    if (!'\\`^'.includes(char)) return false;
    const end = /^[\\`^][ \t]*\r?\n/.exec(this.source.slice(this.at, this.at + 200));
    if (!end) return false;
    this.at += end[0].length;
    return true;
  }

  /** `C:\data` comes from a Windows prompt, where a backslash is a character like any other. */
  private inWindowsPath(): boolean {
    return this.word !== null && /(?:^|[=,])[A-Za-z]:(?:\\|$)/.test(this.word);
  }

  private add(text: string, length: number): void {
    this.word = (this.word ?? '') + text;
    this.at += length;
  }

  private endWord(): void {
    if (this.word !== null) this.words.push(this.word);
    this.word = null;
  }

  private divideWord(): void {
    this.endWord();
    this.at += 1;
  }

  private endCommand(): void {
    this.endWord();
    if (this.words.length > 0) this.text.commands.push(this.words);
    this.words = [];
  }

  private divide(): void {
    this.endCommand();
    this.at += 1;
  }

  private skipComment(): void {
    const end = this.source.indexOf('\n', this.at);
    this.at = end < 0 ? this.source.length : end;
  }

  private singleQuoted(): void {
    const end = this.source.indexOf("'", this.at + 1);
    if (end < 0) this.text.unfinished = true;
    const close = end < 0 ? this.source.length : end;
    this.add(this.source.slice(this.at + 1, close), close - this.at + 1);
  }

  private doubleQuoted(): void {
    this.add('', 1);
    for (;;) {
      const char = this.source.charAt(this.at);
      if (char === '') {
        this.text.unfinished = true;
        return;
      }
      if (char === '"') {
        this.at += 1;
        return;
      }
      if (char === '$' || char === '`') this.expanded();
      else if (char === '\\') this.escapedInQuotes();
      else this.add(char, 1);
    }
  }

  /** Inside double quotes a backslash counts before these characters only. */
  private escapedInQuotes(): void {
    const next = this.source.charAt(this.at + 1);
    if (next === '\n') this.at += 2;
    else if (next !== '' && '$`"\\'.includes(next)) this.add(next, 2);
    else this.add('\\', 1);
  }

  private expanded(): void {
    const rest = this.source.slice(this.at);
    const found = rest.startsWith('`') ? /^`[^`]*`/.exec(rest) : expansion.exec(rest);
    if (found) this.text.expansions.push(found[0]);
    const text = found?.[0] ?? rest.charAt(0);
    this.add(text, text.length);
  }
}

/** Reads text as a shell divides it into words. Nothing is expanded. */
export const readShell = (text: string): ShellText => new Reader(text).read();

/** The words of one command, as typed into a field. A line end is a space there. */
export const shellWords = (text: string): string[] => readShell(text.replace(/\r?\n/g, ' ')).commands.flat();

/** Words as one line which `shellWords` reads back. */
export const shellLine = (words: readonly string[]): string => words.map(quoteWord).join(' ');
