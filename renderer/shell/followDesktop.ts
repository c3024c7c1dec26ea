import { openRun } from '../run/store';
import { navigate } from './router';
import { parseRoute } from './routes';

/** Goes where the tray or a notification opens the window. Called once, when the page starts. */
export function followDesktop(): void {
  window.gantryDesktop?.followRoutes((wanted) => {
    if (wanted === '#/run') openRun();
    const route = parseRoute(wanted);
    if (route) navigate(route);
  });
}
