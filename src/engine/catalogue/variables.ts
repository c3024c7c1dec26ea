import { replace, runAnew, showLog } from './actions';
import type { Circumstances, LastWordsEntry } from './entry';

const isSecret = (variable: string) => /PASSWORD|SECRET|TOKEN|KEY/.test(variable);
/** Passwords that a server gives itself at its very first start: any will do, as nobody else knows one yet. */
const isOwnPassword = (variable: string) =>
  /^(?:POSTGRES|POSTGRESQL|REDIS|VALKEY|(?:MYSQL|MARIADB|MONGODB|MONGO_INITDB|ETCD)_ROOT)_PASSWORD$/.test(
    variable,
  );

function variableMissing(variable: string, all: Circumstances) {
  const { Id, Name, Config } = all.container;
  const anew = [runAnew(Config.Image), showLog(Id)];
  if (isOwnPassword(variable)) {
    const change = { kind: 'password', variable } as const;
    return {
      title: `${Name} needs a password`,
      explanation: `Its log says that it does not start without ${variable}. Gantry can make up a password, and make the container again with it. Its volumes are kept.`,
      actions: [replace('Make it again with a generated password', Id, change), ...anew],
    };
  }
  return {
    title: isSecret(variable) ? `${Name} needs a password` : `${Name} needs the variable ${variable}`,
    explanation: `Its log says that it does not start without ${variable}. Variables are set when a container is made.`,
    actions: anew,
  };
}

/** Variables without which a program does not start, as images and shells say it. */
export const variableEntries: readonly LastWordsEntry[] = [
  {
    code: 'variable-missing',
    pattern: /superuser password is not specified/,
    explain: (_match, all) => variableMissing('POSTGRES_PASSWORD', all),
  },
  {
    code: 'variable-missing',
    pattern:
      /(?:You need to specify one of|password option is not specified)[\s\S]{0,400}?((?:MARIADB|MYSQL)_ROOT_PASSWORD)/,
    explain: ([, variable = ''], all) => variableMissing(variable, all),
  },
  {
    code: 'variable-missing',
    // By the MongoDB image, when it has one of the two only.
    pattern: /missing '(MONGO_INITDB_ROOT_USERNAME)' or '(MONGO_INITDB_ROOT_PASSWORD)'/,
    explain: ([, user = '', password = ''], all) =>
      variableMissing(
        all.container.Config.Env.some((pair) => pair.startsWith(`${user}=`)) ? password : user,
        all,
      ),
  },
  {
    code: 'variable-missing',
    // By Bitnami's images.
    pattern: /ERROR ==> The ([A-Z][A-Z0-9_]{2,}) environment variable is empty or not set/,
    explain: ([, variable = ''], all) => variableMissing(variable, all),
  },
  {
    code: 'variable-missing',
    pattern: /\b(ACCEPT_EULA)\b/,
    explain: ([, variable = ''], all) => variableMissing(variable, all),
  },
  {
    code: 'variable-missing',
    // `environment variable API_TOKEN is not set`, and the shell's `API_TOKEN: parameter not set`.
    pattern:
      /(?:(?:variable|env(?:ironment)?(?: variable)?) ["'`$]?([A-Z][A-Z0-9_]{2,})["'`]? (?:is|was|must be|has to be) (?:not set|required|missing|unset|set|undefined)|\b([A-Z][A-Z0-9_]{2,}): (?:parameter (?:not set|null or not set)|is not set|unbound variable))/i,
    explain: ([, named, ofShell], all) => variableMissing(named ?? ofShell ?? '', all),
  },
];
