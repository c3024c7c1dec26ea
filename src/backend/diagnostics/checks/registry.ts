import { ProblemError } from '#contract/problem';
import { Http } from '#registry/http';
import { dockerHub, registryAnswers } from '../../docker-hub';
import { type Check, failed, ok, openNetworkSettings, skipped, tryAgain, usesVm } from '../check';
import { readProxies } from '../proxy';

/** Whether a registry answers from here. It is asked only when the user says so. */
export const registryCheck = (address: URL, name: string): Check => ({
  id: 'registry',
  title: `${name} answers`,
  limitMs: 16_000,
  async run(context, signal) {
    const { services, env, network } = context;
    if (!network) {
      return skipped(`${name} was not asked`, 'Gantry asks it only when you say so: it sees your address.');
    }
    const { proxy } = readProxies(env);
    const direct = proxy ? ` Gantry asks without the proxy ${proxy}; the engine may reach it with.` : '';
    try {
      const began = performance.now();
      const { status } = await new Http(services.version).ask(address, { signal, maxBytes: 100_000 });
      if (registryAnswers.includes(status)) return ok(`${Math.round(performance.now() - began)} ms`);
      return failed(`${name} gave a strange answer`, `It answered with status ${status}.${direct}`, tryAgain);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const { title, explanation } = error.problem;
      return failed(title, `${explanation}${direct}`, usesVm(context) ? openNetworkSettings : tryAgain);
    }
  },
});

export const registry = registryCheck(dockerHub.url, dockerHub.name);
