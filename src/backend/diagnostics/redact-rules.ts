/** A way in which a secret is written. What is kept around it is in the groups `before` and `after`. */
interface RedactionRule {
  pattern: RegExp;
  what: string;
}

/** Names whose values are secrets, within longer names. Bounded, so that long words cost no more than their length. */
const secretName =
  '[\\w.-]{0,40}(?:pass(?:w(?:or)?d|phrase)?|pwd|secret|token|credentials?|private[_-]?key|api[_-]?key|access[_-]?key|auth[_-]?key|authconfig|cookie|session[_-]?id)[\\w.-]{0,40}|auth|x-registry-auth';

/** Quotation marks as they are, or as they are written within other quoted texts. */
const quote = '(?:\\\\{0,7}["\'])';

/** The catalogue, in the order in which it is applied. Every pattern looks at a bounded piece, or goes on where it ended. */
export const redactionRules: readonly RedactionRule[] = [
  // Keys and certificates; a key whose end was cut off goes to the text's end.
  {
    pattern: /-----BEGIN [A-Z0-9 ]{0,40}-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}-----|$(?![\s\S]))/g,
    what: 'key',
  },
  {
    pattern:
      /(?<!(?:^|\n)[A-Za-z0-9+/=]{20,}\n)(?:^[A-Za-z0-9+/=]{20,}\n)+[^\n]{0,100}-----END [A-Z0-9 ]{0,40}-----/gm,
    what: 'key',
  },
  // Headers: to the closing quotation mark, or else to the line's end.
  {
    pattern:
      /(?<before>\b(?:proxy-)?authorization(?:\\{0,7}["'])?\s{0,3}[:=]\s{0,3}(?<quote>\\{0,7}["']))[^\n]*?(?<after>\k<quote>|$)/gim,
    what: 'password',
  },
  {
    pattern: /(?<before>\b(?:proxy-)?authorization\s{0,3}[:=]\s{0,3})(?![\s"'\\])[^\n]+/gi,
    what: 'password',
  },
  { pattern: /(?<before>\b(?:bearer|basic)\s{1,3})[\w+/=.~-]{8,}/gi, what: 'token' },
  { pattern: /(?<before>\b(?:set-)?cookie\s{0,3}:\s{0,3})[^\n"'\\]+/gi, what: 'token' },
  // Users and passwords in addresses. The last @ counts: a password may have one.
  { pattern: /(?<before>\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/"'<>\\]{1,400}(?<after>@)/gi, what: 'password' },
  // A query's values: ?X-Amz-Signature=…&token=…
  {
    pattern:
      /(?<before>[?&][\w.-]{0,60}(?:sig|signature|token|key|secret|code|password)[\w.-]{0,40}=)[^&\s"'\\]+/gi,
    what: 'token',
  },
  // Variables of the environment, whatever they hold: DB_URL=…, -e "KEY=a b", ["KEY=…"].
  {
    pattern: new RegExp(
      `(?<before>${quote}[A-Z][A-Z0-9_]{2,60}=)[^\\n]*?(?<after>${quote}(?=\\s*[,\\]})]|\\s|$))`,
      'gm',
    ),
    what: 'value',
  },
  { pattern: /(?<before>\b[A-Z][A-Z0-9_]{2,60}=)(?!‹)(?:"[^"\n]*"|'[^'\n]*'|[^\s"'\\]+)/g, what: 'value' },
  // "password": "…", password='…', with the quotation marks of any depth.
  {
    pattern: new RegExp(
      `(?<before>(?<![\\w.-])(?:${secretName})${quote}?\\s{0,3}[:=]\\s{0,3}(?<quote>${quote}))(?!‹)[^\\n]*?(?<after>\\k<quote>(?=\\s*[,\\]})&;]|\\s|$))`,
      'gim',
    ),
    what: 'password',
  },
  // password: a few words, to the line's end; token=abc to the next space.
  {
    pattern: new RegExp(`(?<before>(?<![\\w.-])(?:${secretName}):\\s{1,3})(?![‹"'\\\\])[^\\n]+`, 'gi'),
    what: 'password',
  },
  {
    pattern: new RegExp(
      `(?<before>(?<![\\w.-])(?:${secretName})${quote}?\\s{0,3}[:=]\\s{0,3})(?![‹"'\\\\\\s])[^\\s"'&]+`,
      'gi',
    ),
    what: 'password',
  },
  // --password …, docker login -p …, curl -u name:password.
  {
    pattern: new RegExp(
      `(?<before>(?<!\\S)--?(?:${secretName})\\s{1,3})(?!‹)(?:"[^"\\n]*"|'[^'\\n]*'|[^\\s"']+)`,
      'gi',
    ),
    what: 'password',
  },
  { pattern: /(?<before>\blogin\b[^\n]{0,200}?\s-p\s{0,3})(?!‹)\S+/g, what: 'password' },
  { pattern: /(?<before>(?<!\S)(?:-u|--user)\s{1,3})[^\s:]{1,100}:\S+/g, what: 'password' },
  // Tokens by their looks: JWT and docker's X-Registry-Auth, GitHub, GitLab, Docker Hub, Slack, AWS, npm, Google.
  { pattern: /\beyJ[\w+/=-]{10,}(?:\.[\w-]*){0,2}/g, what: 'token' },
  {
    pattern:
      /\b(?:dckr_(?:pat|oat)_|gh[pousr]_|github_pat_|glpat-|xox[abprs]-|npm_|sk-|AIza|ya29\.)[\w-]{8,}/g,
    what: 'token',
  },
  { pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, what: 'token' },
  // Long random text; digests, which have small letters alone, stay.
  {
    pattern: /(?<![\w+-])(?=[\w+-]{0,200}[A-Z])(?=[\w+-]{0,200}[a-z])(?=[\w+-]{0,200}\d)[\w+-]{40,}={0,2}/g,
    what: 'token',
  },
  { pattern: /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/g, what: 'e-mail address' },
  // Other people's home folders.
  {
    pattern:
      /(?<before>(?:\/home|\/Users|\b[A-Z]:(?:\\{1,4}|\/)Users)(?:\\{1,4}|\/))(?!‹)[^\s/\\"':,;)\]}]+/g,
    what: 'name',
  },
];
