/**
 * Characters that move the cursor, ring bells or turn the reading direction round, so that a text shows as something
 * other than what it is: C0 and C1 controls, bidi marks, embeddings and isolates (Unicode TR 36), line separators,
 * and zero-width characters except the joiners that emoji and some scripts need.
 */
const hostile =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A text from outside on one line, with nothing in it but what is seen. */
export function plainLine(text: string, maxLength = 500): string {
  return text
    .replace(/[\t\r\n]+/g, ' ')
    .replace(hostile, '')
    .trim()
    .slice(0, maxLength);
}

/** A text from outside with its lines and tabs. */
export function plainText(text: string, maxLength = 100_000): string {
  return text.replace(/\r\n?/g, '\n').replace(hostile, '').trim().slice(0, maxLength);
}
