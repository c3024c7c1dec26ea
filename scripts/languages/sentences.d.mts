/** `many`: the plural, of what is counted. */
export interface Found {
  text: string;
  many?: string;
  line: number;
}

export function sentencesOf(
  path: string,
  source: string,
): { found: Found[]; code(): { code: string; map: object } };
