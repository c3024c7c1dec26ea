#!/bin/sh
# httpd runs this for every address that ends in / and has no index.html.
from=${REMOTE_ADDR#\[::ffff:}
echo "$REQUEST_METHOD $REQUEST_URI from ${from%]}" >&2

answer() {
  # Never from a cache: another container may be at this address next.
  printf '%s\r\n' "Status: $1" 'Content-Type: text/html; charset=utf-8' 'Cache-Control: no-store' \
    "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:" \
    'Connection: close' ''
  [ "$REQUEST_METHOD" = HEAD ] || cat
}

case "$REQUEST_METHOD ${REQUEST_URI%%\?*}" in
  'GET /' | 'HEAD /')
    name=$(hostname | tr -cd 'A-Za-z0-9.-')
    sed "s/@CONTAINER@/$name/g" /srv/page.html | answer '200 OK'
    ;;
  GET* | HEAD*) answer '404 Not Found' < /srv/www/not-found.html ;;
  *) answer '405 Method Not Allowed' < /srv/www/not-found.html ;;
esac
