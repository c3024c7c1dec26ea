export interface Variable {
  name: string;
  value: string;
}

/** A value as .env files write it: quoted, or up to a comment. */
function readValue(text: string): string {
  const double = /^"((?:[^"\\]|\\.)*)"/.exec(text);
  if (double) return (double[1] ?? '').replace(/\\(n|r|t|.)/g, (_, char: string) => escapes[char] ?? char);
  const single = /^'([^']*)'/.exec(text);
  if (single) return single[1] ?? '';
  return text.replace(/\s+#.*$/, '').trim();
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t' };

/** Variables of a .env file: `NAME=value` lines with `export`, quotes, comments. Other lines are left out. */
export function readEnvFile(text: string): Variable[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const match = /^\s*(?:export\s+)?([^\s=#]+)\s*=\s*(.*)$/.exec(line);
    return match ? [{ name: match[1] ?? '', value: readValue(match[2] ?? '') }] : [];
  });
}
