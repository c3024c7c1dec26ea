import { randomInt } from 'node:crypto';
import type { KnownVariable, RunFinding, RunSpec } from '#contract';
import { change, repeated, trouble, warning } from './finding';

/** Letters and digits that are not mistaken for one another. */
const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const SECRET_LENGTH = 24;

const newSecret = (): string =>
  Array.from({ length: SECRET_LENGTH }, () => letters.charAt(randomInt(letters.length))).join('');

/** Variables with which official images do without the one they need otherwise. */
const insteadOf = /ALLOW_EMPTY|RANDOM_ROOT|HOST_AUTH_METHOD/;

function nameFinding(field: string, name: string): RunFinding | null {
  if (name === '') return trouble(field, 'The variable has no name.');
  if (/[=\s\0]/.test(name)) return trouble(field, 'A variable’s name has no spaces and no “=”.');
  return null;
}

function missing(variable: KnownVariable, spec: RunSpec, set: ReadonlySet<string>): RunFinding | null {
  const { name, label, needed, secret } = variable;
  const at = spec.env.findIndex((entry) => entry.name === name);
  if (!needed || set.has(name) || set.has(`${name}_FILE`) || (at >= 0 && spec.env[at]?.value)) return null;
  if ([...set].some((other) => insteadOf.test(other))) return null;
  const value = secret ? newSecret() : variable.default;
  const fixLabel = secret ? 'Generate' : `Use ${variable.default}`;
  const index = at < 0 ? spec.env.length : at;
  const entry = { name, value, ...(secret ? { secret } : {}) };
  return trouble(
    `env.${index}`,
    `It will not start without ${label === name ? name : `${label} (${name})`}.`,
    ...(value === undefined ? [] : [change(fixLabel, `env.${index}`, entry)]),
  );
}

/**
 * What is wrong with the variables.
 * @param imageEnv names of variables that the image itself gives a value
 */
export function checkEnv(
  spec: RunSpec,
  variables: readonly KnownVariable[],
  imageEnv: readonly string[],
): RunFinding[] {
  const set = new Set([...imageEnv, ...spec.env.filter(({ value }) => value).map(({ name }) => name)]);
  const names = spec.env.map(({ name }, index) => nameFinding(`env.${index}`, name));
  const twice = repeated(spec.env, ({ name }) => name || null).map((index) =>
    warning(`env.${index}`, `${spec.env[index]?.name} is in this list already; the last one counts.`),
  );
  const needed = variables.map((variable) => missing(variable, spec, set));
  return [...names, ...needed].filter((finding) => finding !== null).concat(twice);
}
