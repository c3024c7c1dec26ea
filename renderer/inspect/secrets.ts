import { looksSecret } from '#contract/secret-names';

/** `scheme://user:password@host` */
const secretInUrl = /^([a-z][a-z\d+.-]*:\/\/[^:/@\s]*:)([^@\s]+)(@)/i;

export const hidden = '••••••••';

/** The value as it may be shown to whoever looks over the shoulder; the value itself when it is no secret. */
export function masked(name: string, value: string): string {
  if (value === '') return value;
  if (looksSecret(name)) return hidden;
  return value.replace(secretInUrl, `$1${hidden}$3`);
}

/** A copy of the engine's answer in which variables, wherever they are, are masked. */
export function maskedDeep(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map((item) => (typeof item === 'string' ? maskedPair(item) : maskedDeep(item)));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      typeof inner === 'string' ? masked(name, inner) : maskedDeep(inner),
    ]),
  );
}

/** `NAME=value` keeps its name. */
function maskedPair(text: string): string {
  const at = text.indexOf('=');
  if (at <= 0 || !/^[A-Za-z_][\w.-]*$/.test(text.slice(0, at))) return text;
  return `${text.slice(0, at + 1)}${masked(text.slice(0, at), text.slice(at + 1))}`;
}
