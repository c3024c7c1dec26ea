import './styles/app.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { followBeside } from './data/beside';
import { followProjection } from './data/projection';
import { queries } from './data/queries';
import { followTasks } from './data/tasks';
import { connectBackend } from './data/transport';
import { followVm } from './data/vm';
import { tellOfCrashes } from './settings/crashNotice';
import { tellStartNotice } from './settings/startNotice';
import { followDesktop } from './shell/followDesktop';
import { followHistory } from './shell/router';
import { announceTasks } from './tasks/announce';

connectBackend();
followProjection();
followTasks();
followVm();
followBeside();
announceTasks();
tellStartNotice();
tellOfCrashes();
followHistory();
followDesktop();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
