import { create } from 'zustand';
import { formatRoute, parseRoute, type Route } from './routes';

export type { Route } from './routes';

interface RouterState {
  route: Route;
  canGoBack: boolean;
  canGoForward: boolean;
}

const LAST_KEY = 'gantry.page';
const END_KEY = 'gantry.historyEnd';
const HOME: Route = { page: 'home' };

/** The place of the current entry in this tab's history; a reload keeps it. */
function historyIndex(): number {
  const state: unknown = history.state;
  return typeof state === 'object' && state !== null && 'index' in state && typeof state.index === 'number'
    ? state.index
    : 0;
}

function stateFor(route: Route): RouterState {
  const index = historyIndex();
  return { route, canGoBack: index > 0, canGoForward: index < Number(sessionStorage.getItem(END_KEY) ?? 0) };
}

function firstRoute(): Route {
  const route = parseRoute(location.hash) ?? parseRoute(localStorage.getItem(LAST_KEY) ?? '') ?? HOME;
  history.replaceState({ index: historyIndex() }, '', formatRoute(route));
  return route;
}

export const useRouter = create<RouterState>(() => stateFor(firstRoute()));

/** Goes to a route. `replace` keeps the way back: for tabs and filters of the same page. */
export function navigate(route: Route, { replace = false } = {}): void {
  const hash = formatRoute(route);
  if (hash === location.hash) return;
  const index = historyIndex();
  if (replace) history.replaceState({ index }, '', hash);
  else {
    history.pushState({ index: index + 1 }, '', hash);
    sessionStorage.setItem(END_KEY, String(index + 1));
  }
  show(route);
}

export function goBack(): void {
  if (useRouter.getState().canGoBack) history.back();
}

export function goForward(): void {
  if (useRouter.getState().canGoForward) history.forward();
}

function show(route: Route): void {
  localStorage.setItem(LAST_KEY, formatRoute(route));
  useRouter.setState(stateFor(route));
}

/** Follows the window's own history: back, forward, and addresses typed by hand. Called once. */
export function followHistory(): void {
  window.addEventListener('popstate', () => show(parseRoute(location.hash) ?? HOME));
}
