import { classes } from '#ui/classes';
import { navigate, useRouter } from '../shell/router';
import { formatRoute } from '../shell/routes';
import { sections } from './sections';

/** The settings, one section at a time. They apply at once, except where a section has an Apply at its foot. */
export default function SettingsPage() {
  const wanted = useRouter(({ route }) => (route.page === 'settings' ? route.section : undefined));
  const section = sections.find(({ id }) => id === wanted) ?? sections[0];
  const { component: Content, foot: Foot } = section;
  return (
    <div className="flex-1 min-h-0 grid grid-cols-[196px_minmax(0,1fr)]">
      <nav aria-label="Settings" className="border-r border-line px-3 py-4 overflow-y-auto">
        <h1 className="h1 px-2 mb-3">Settings</h1>
        <ul className="grid gap-0.5">
          {sections.map(({ id, label, icon: Icon }) => (
            <li key={id}>
              <a
                href={formatRoute({ page: 'settings', section: id })}
                className={classes('nav', id === section.id && 'on')}
                aria-current={id === section.id ? 'page' : undefined}
                onClick={(event) => {
                  event.preventDefault();
                  navigate({ page: 'settings', section: id }, { replace: true });
                }}
              >
                <Icon size={16} aria-hidden="true" />
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div className="min-w-0 min-h-0 flex flex-col">
        <div key={section.id} className="flex-1 overflow-y-auto px-7 py-4">
          <div className="max-w-[808px]">
            <Content />
          </div>
        </div>
        {Foot && <Foot />}
      </div>
    </div>
  );
}
