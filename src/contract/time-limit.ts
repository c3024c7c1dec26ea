/**
 * Aborts with a `TimeoutError` after `ms` milliseconds, or with `signal`.
 *
 * Not `AbortSignal.timeout(ms)`: where it is joined with another one by `AbortSignal.any`, only weak references lead to
 * it, so that Node 20 collects it with the next garbage and the wait never ends
 * (https://github.com/nodejs/node/issues/57736). The timer here holds what it aborts.
 */
export function timeLimit(ms: number, signal?: AbortSignal): AbortSignal {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(timedOut()), ms);
  // A wait that is over must not keep a program from ending.
  if (typeof timer === 'object') timer.unref();
  return signal ? AbortSignal.any([signal, limit.signal]) : limit.signal;
}

const timedOut = () => new DOMException('The operation was aborted due to timeout', 'TimeoutError');
