import { stripVTControlCharacters } from 'node:util';

/** Without what would do something in a terminal; lines and tabs stay. */
export const plainText = (text: string): string =>
  stripVTControlCharacters(text).replace(/(?![\n\t])\p{Cc}/gu, '');
