/** How a piece of a line looks. Colours are CSS values made of tokens; null means the log's own. */
export interface Look {
  colour: string | null;
  background: string | null;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
  strike: boolean;
  inverse: boolean;
}

export interface Segment {
  text: string;
  look: Look | null;
}

const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
const token = (index: number) => `var(--g-ansi-${index >= 8 ? 'bright-' : ''}${names[index % 8] ?? 'white'})`;

/** Hues of the tokens red, yellow, green, cyan, blue and magenta, 60 degrees apart. */
const hues = [1, 3, 2, 6, 4, 5];

/** The token nearest to a colour: tokens are readable on both themes, arbitrary colours are not. */
function nearest(red: number, green: number, blue: number): string {
  const most = Math.max(red, green, blue);
  const least = Math.min(red, green, blue);
  const range = most - least;
  if (range < 40) return most < 90 ? token(8) : most < 200 ? token(7) : token(15);
  const sector =
    most === red
      ? ((green - blue) / range + 6) % 6
      : most === green
        ? (blue - red) / range + 2
        : (red - green) / range + 4;
  const hue = hues[Math.round(sector) % 6] ?? 7;
  return token(most > 200 ? hue + 8 : hue);
}

/** A colour of the 256-colour palette: 16 named ones, a cube of 6 levels, 24 greys. */
function palette(index: number): string {
  if (index < 16) return token(index);
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return nearest(grey, grey, grey);
  }
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40);
  const cube = index - 16;
  return nearest(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6));
}

const plainLook: Look = {
  colour: null,
  background: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  strike: false,
  inverse: false,
};

/** Reads the colour after 38 or 48; gives it with the number of codes it took. */
function extended(codes: number[], at: number): [colour: string | null, used: number] {
  const kind = codes[at + 1];
  if (kind === 5) return [palette(codes[at + 2] ?? 0), 2];
  if (kind === 2) return [nearest(codes[at + 2] ?? 0, codes[at + 3] ?? 0, codes[at + 4] ?? 0), 4];
  return [null, 1];
}

const soft = (colour: string) => `color-mix(in oklab, ${colour}, transparent 78%)`;

function afterCode(look: Look, code: number): Look {
  if (code === 0) return plainLook;
  if (code === 1) return { ...look, bold: true };
  if (code === 2) return { ...look, dim: true };
  if (code === 3) return { ...look, italic: true };
  if (code === 4) return { ...look, underline: true };
  if (code === 7) return { ...look, inverse: true };
  if (code === 9) return { ...look, strike: true };
  if (code === 22) return { ...look, bold: false, dim: false };
  if (code === 23) return { ...look, italic: false };
  if (code === 24) return { ...look, underline: false };
  if (code === 27) return { ...look, inverse: false };
  if (code === 29) return { ...look, strike: false };
  if (code >= 30 && code <= 37) return { ...look, colour: token(code - 30) };
  if (code === 39) return { ...look, colour: null };
  if (code >= 40 && code <= 47) return { ...look, background: soft(token(code - 40)) };
  if (code === 49) return { ...look, background: null };
  if (code >= 90 && code <= 97) return { ...look, colour: token(code - 82) };
  if (code >= 100 && code <= 107) return { ...look, background: soft(token(code - 92)) };
  return look;
}

/** The look after a sequence "select graphic rendition" with these parameters. */
function afterSgr(look: Look, parameters: string): Look {
  const codes = parameters.split(/[;:]/).map(Number);
  let next = look;
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    if (code === 38 || code === 48) {
      const [colour, used] = extended(codes, at);
      next = code === 38 ? { ...next, colour } : { ...next, background: colour && soft(colour) };
      at += used;
    } else next = afterCode(next, code);
  }
  return next;
}

/**
 * Everything that is not text: escape sequences (also those that set titles, the clipboard or links), their 8-bit
 * forms, and control characters. Group 1 has the parameters of a colour sequence. A carriage return is kept apart.
 */
const control =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this is about control characters
  /(?:\x1b\[|\x9b)([\d;:]*)m|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c]*(?:\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?|\r|[\x00-\x08\x0a-\x0c\x0e-\x1f\x7f-\x9f]/g;

/** Whether a line has anything else than text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: this is about control characters
export const hasControls = (line: string) => /[\x00-\x08\x0a-\x1f\x7f-\x9f]/.test(line);

/** The line as pieces of one look each. After a carriage return, what comes replaces what was, as on a terminal. */
export function parseLine(line: string): Segment[] {
  let segments: Segment[] = [];
  let look = plainLook;
  let at = 0;
  let returned = false;
  const add = (text: string) => {
    if (text === '') return;
    if (returned) segments = [];
    returned = false;
    segments.push({ text, look: look === plainLook ? null : look });
  };
  for (const match of line.matchAll(control)) {
    add(line.slice(at, match.index));
    at = match.index + match[0].length;
    if (match[0] === '\r') returned = true;
    else if (match[1] !== undefined) look = afterSgr(look, match[1]);
  }
  add(line.slice(at));
  return segments;
}

/** The text of a line alone, the same as that of its segments. */
export function plainText(line: string): string {
  if (!hasControls(line)) return line;
  return parseLine(line)
    .map((segment) => segment.text)
    .join('');
}
