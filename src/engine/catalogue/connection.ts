import { chooseEngine, reconnect, retry } from './actions';
import type { SaidEntry } from './entry';

const at = (host: string | undefined) => (host ? ` at ${host}` : '');

/** What goes wrong on the way to the engine: errors of the system, and of engines that are too old or too new. */
export const connectionEntries: readonly SaidEntry[] = [
  {
    code: 'client-too-old',
    status: [400],
    pattern: /client version (\S+) is too old\. Minimum supported API version is ([\d.]+)/,
    explain: ([, ours = '', theirs = '']) => ({
      title: 'The engine is too new for this Gantry',
      explanation: `The engine speaks API ${theirs} or newer, and was spoken to with ${ours}. Update Gantry.`,
      actions: [reconnect],
    }),
  },
  {
    code: 'engine-too-old',
    status: [400],
    pattern: /client version (\S+) is too new\. Maximum supported API version is ([\d.]+)/,
    explain: ([, ours = '', theirs = '']) => ({
      title: 'The engine is too old for Gantry',
      explanation: `It speaks API ${theirs}, and was spoken to with ${ours}. Update the engine to 20.10 or newer.`,
      actions: [reconnect, chooseEngine],
    }),
  },
  {
    code: 'engine-forbidden',
    pattern: /\bEACCES\b|permission denied while trying to connect|\bEPERM\b/,
    explain: (_match, { host }) => ({
      title: 'You may not use this engine',
      explanation: `The engine’s socket${at(host)} is there, but belongs to another user. On Linux, members of the group “docker” may use it.`,
      actions: [reconnect, chooseEngine],
    }),
  },
  {
    code: 'engine-off',
    pattern: /\bECONNREFUSED\b|\bENOENT\b|Cannot connect to the Docker daemon/,
    explain: (_match, { host }) => ({
      title: 'The engine is off',
      explanation: `Nothing answers${at(host)}. Gantry connects as soon as it runs.`,
      actions: [reconnect, chooseEngine],
    }),
  },
  {
    code: 'engine-unreachable',
    pattern: /\b(?:ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN)\b/,
    explain: (_match, { host }) => ({
      title: 'The engine’s computer cannot be reached',
      explanation: `There is no way to it${at(host)}. Check the name, the network and a VPN.`,
      actions: [reconnect, chooseEngine],
    }),
  },
  {
    code: 'engine-not-trusted',
    pattern:
      /self[- ]signed certificate|unable to verify the first certificate|CERT_|ERR_TLS_CERT|certificate has expired|wrong version number|alert (?:bad certificate|certificate required|unknown ca)|bad certificate/,
    explain: (_match, { host }) => ({
      title: 'The secured connection to the engine failed',
      explanation: `The certificate${at(host)} and the ones on this computer do not match. Check the context’s TLS files or DOCKER_CERT_PATH.`,
      actions: [reconnect, chooseEngine],
    }),
  },
  {
    code: 'engine-ssh-failed',
    pattern: /\bssh: |Permission denied \(publickey|Host key verification failed|spawn ssh/,
    explain: (_match, { host }) => ({
      title: 'The ssh connection to the engine failed',
      explanation: `Try “ssh” to this computer in a terminal first${host ? ` (${host})` : ''}: it has to work without asking for anything.`,
      actions: [reconnect, chooseEngine],
    }),
  },
  {
    code: 'engine-broke-off',
    pattern: /\bECONNRESET\b|\bEPIPE\b|socket hang up|other side closed/,
    explain: () => ({
      title: 'The engine broke off the connection',
      explanation: 'It ended or was restarted in the middle of its answer.',
      actions: [retry],
    }),
  },
  {
    code: 'engine-silent',
    pattern: /\bETIMEDOUT\b|TimeoutError|aborted due to timeout/,
    explain: (_match, { host }) => ({
      title: 'The engine does not answer',
      explanation: `It takes connections${at(host)}, but gave no answer in time. It may be busy or stuck; a restart of the engine helps.`,
      actions: [retry, reconnect],
    }),
  },
  {
    code: 'engine-garbled',
    pattern: /\bHPE_\w+|Parse Error|answer is not what the Docker API promises/,
    explain: (_match, { host }) => ({
      title: 'What answers is not a Docker engine, or a broken one',
      explanation: `The answer${at(host)} is not what the Docker API promises.`,
      actions: [reconnect, chooseEngine],
    }),
  },
];
