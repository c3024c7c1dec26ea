import type { Problem } from '#contract/problem';

const again = { kind: 'retry', label: 'Try again' } as const;

/** @param where what has the address, never the address itself: it may have a password */
export const unreadable = (where: string): Problem => ({
  code: 'proxy-unreadable',
  title: 'The address of the proxy cannot be read',
  explanation: `${where} has to look like http://proxy.example:3128. In a name or password, signs such as @ and # are written as %40 and %23.`,
  actions: [],
});

export const unknownKind = (kind: string): Problem => ({
  code: 'proxy-kind',
  title: `The engine knows no proxies of the kind ${kind}`,
  explanation: 'Its address has to begin with http:// or https://, or socks5:// in a variable.',
  actions: [],
});

/** @param typed whether the address can be changed in the form */
export const leadsToTheVm = (host: string, typed: boolean): Problem => ({
  code: 'proxy-in-the-vm',
  title: 'The engine would look for the proxy in its own virtual machine',
  explanation: `There, ${host} is the virtual machine itself. A proxy that runs on this computer is host.docker.internal to the engine, while “Reach this computer” is on.${typed ? '' : ' Choose “By hand”, and type its address so.'}`,
  actions: typed
    ? [
        {
          kind: 'change',
          label: 'Use host.docker.internal',
          field: 'proxy.host',
          value: 'host.docker.internal',
        },
      ]
    : [],
});

export const ipv6Only = (host: string): Problem => ({
  code: 'proxy-ipv6',
  title: 'The engine cannot reach a proxy by an IPv6 address',
  explanation: `The virtual machine has IPv4 alone. Type the proxy’s name or its IPv4 address in place of ${host}.`,
  actions: [],
});

export const noWayToThisComputer = (host: string): Problem => ({
  code: 'proxy-host-access',
  title: 'The engine may not reach this computer',
  explanation: `${host} is this computer. “Reach this computer” has to be on for it; any container can then talk to every program that listens here.`,
  actions: [{ kind: 'change', label: 'Let it reach this computer', field: 'hostAccess', value: true }],
});

export const nameNotFound = (host: string, detail: string): Problem => ({
  code: 'proxy-name',
  title: `No name server knows ${host}`,
  explanation:
    'Check the spelling. A name that only this computer’s own list of hosts knows is not known to the virtual machine: type the address then.',
  actions: [again],
  detail,
});

export const nameServersFail = (host: string, detail: string): Problem => ({
  code: 'proxy-name-servers',
  title: `The name servers did not tell the address of ${host}`,
  explanation: 'They do not answer, or they failed. Check the network, a VPN, and the name servers below.',
  actions: [again],
  detail,
});

export const noConnection = (host: string, code: string): Problem => ({
  code: 'proxy-connection',
  title: `Nothing can be reached at ${host}`,
  explanation:
    code === 'ECONNREFUSED'
      ? 'The computer is there, but no program listens on this port. Check the port, and whether the proxy runs.'
      : 'Check the address, the network and a VPN. A firewall may be on the way.',
  actions: [again],
  detail: code,
});

export const tooSlow = (what: string, seconds: number): Problem => ({
  code: 'proxy-too-slow',
  title: what,
  explanation: `Gantry waited ${seconds} ${seconds === 1 ? 'second' : 'seconds'}. Another kind of program may be at this address, or a firewall is on the way.`,
  actions: [again],
});

/** @param kind HTTP or SOCKS */
export const noProxy = (host: string, kind: string, detail: string): Problem => ({
  code: 'proxy-garbled',
  title: `What answers at ${host} is no ${kind} proxy`,
  explanation: 'It did not answer as one. Check the port.',
  actions: [again],
  detail,
});

const otherSignIn = (words: string): Problem => ({
  code: 'proxy-sign-in-kind',
  title: 'The proxy wants a sign-in that the engine cannot do',
  explanation: `${words} Ask who runs the proxy for another way, or run a small proxy on this computer that signs in for you.`,
  actions: [again],
});

/** A SOCKS proxy does not say which sign-ins it takes. */
export const otherSocksSignIn = (host: string): Problem =>
  otherSignIn(`${host} takes no user name and password, and lets nobody in without a sign-in.`);

/** @param offered the kinds of sign-in that the proxy takes; empty where it does not say */
export function signInWanted(
  { host, protocol }: URL,
  { tried, offered = [] }: { tried: boolean; offered?: readonly string[] },
): Problem {
  if (offered.length > 0 && !offered.some((kind) => /^basic$/i.test(kind))) {
    const takes = new Intl.ListFormat('en', { type: 'disjunction' }).format(offered);
    return otherSignIn(`${host} takes ${takes}, the engine knows Basic alone.`);
  }
  return tried
    ? {
        code: 'proxy-sign-in-wrong',
        title: 'The proxy does not take this user name and password',
        explanation: `Check both in the address of ${host}. Signs such as @ and # are written as %40 and %23.`,
        actions: [again],
      }
    : {
        code: 'proxy-sign-in',
        title: 'The proxy wants a user name and a password',
        explanation: `They stand in its address: ${protocol}//name:password@proxy.example:3128.`,
        actions: [again],
      };
}

const forbids = (target: string): [title: string, explanation: string] => [
  `The proxy does not let the engine go to ${target}`,
  'It forbids this address. Ask who runs the proxy to allow it.',
];
const findsNoWay = (target: string): [title: string, explanation: string] => [
  `The proxy cannot reach ${target}`,
  'The proxy itself works. It did not find that address, or has no way to it now.',
];

export function refused(target: string, status: number, detail: string): Problem {
  const [title, explanation] = refusalWords(target, status);
  return { code: 'proxy-refused', title, explanation, actions: [again], detail };
}

function refusalWords(target: string, status: number): [title: string, explanation: string] {
  if ([403, 405, 451].includes(status)) return forbids(target);
  if ([500, 502, 503, 504].includes(status)) return findsNoWay(target);
  if (status === 429) return ['The proxy asks for a pause', 'Too many requests came from this computer.'];
  return [
    `The proxy answered with ${status}`,
    'It did not open a way. Another kind of server may be at this address.',
  ];
}

/** @param reply what the proxy says instead of opening a way (RFC 1928, 6) */
export function refusedBySocks(target: string, reply: string): Problem {
  const [title, explanation] = reply === 'NotAllowed' ? forbids(target) : findsNoWay(target);
  return { code: 'proxy-refused', title, explanation, actions: [again], detail: reply };
}

/** @param who whose certificate it is @param signedBy as the certificate says */
export const untrusted = (who: string, signedBy: string, detail: string): Problem => ({
  code: 'proxy-certificate',
  title: `The engine would not trust the certificate of ${who}`,
  explanation: `It is signed by “${signedBy}”. Companies whose proxy reads along have an authority of their own: add its file under Certificates below.`,
  actions: [again],
  detail,
});

export const notEncrypted = (who: string, detail: string): Problem => ({
  code: 'proxy-encryption',
  title: `No encrypted connection to ${who} could be made`,
  explanation: 'What answers does not speak TLS as it should, or something on the way breaks it off.',
  actions: [again],
  detail,
});

/** @param why what may be the reason */
export const brokenOff = (who: string, why: string, detail: string): Problem => ({
  code: 'proxy-broken-off',
  title: `${who} broke the connection off`,
  explanation: `It ended without an answer. ${why}`,
  actions: [again],
  detail,
});

export const strangeAnswer = (who: string, status: number): Problem => ({
  code: 'proxy-registry',
  title: `${who} gave a strange answer`,
  explanation: `It answered with ${status}, where a registry says 200 or 401. The proxy may have answered in its place.`,
  actions: [again],
});
