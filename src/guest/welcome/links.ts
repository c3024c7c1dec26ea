/**
 * The commands of busybox that the welcome image has by name: what its own scripts call, and what someone types who
 * opens a terminal in their first container. Fixed here, because a busybox for another processor cannot be asked.
 */
export const LINKS = [
  ...['sh', 'httpd', 'hostname', 'sed', 'tr'],
  ...['cat', 'clear', 'cp', 'date', 'df', 'du', 'echo', 'env', 'find', 'free', 'grep', 'head', 'id', 'ip'],
  ...[
    'kill',
    'less',
    'ls',
    'mkdir',
    'mount',
    'mv',
    'nc',
    'netstat',
    'nproc',
    'nslookup',
    'ping',
    'ps',
    'pwd',
  ],
  ...['rm', 'rmdir', 'sleep', 'stat', 'tail', 'tar', 'top', 'touch', 'uname', 'uptime', 'vi', 'wc', 'wget'],
  ...['which', 'whoami'],
];
