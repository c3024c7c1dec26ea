import { tellProblem } from './problem-text';
import { program } from './program';

// Set by the installed command, for itself: an Electron app that is started from here would be no app with it.
delete process.env.ELECTRON_RUN_AS_NODE;

// commander expects no script's name of an installed Electron, but there is one, as in Node.
await program.parseAsync(process.argv.slice(2), { from: 'user' }).catch(tellProblem);
