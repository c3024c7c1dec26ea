#!/bin/sh
# gantry-engine-config: gives the engine the configuration that comes on standard input (nothing: none), and starts it
# again with it. One that the engine refuses, or does not come up with, is taken away again, and the engine starts with
# the one before; then this ends with 1 and prints what the engine said.
export PATH=/usr/sbin:/usr/bin
STATE=/run/gantry
FILE=/etc/docker/daemon.json
# init.sh writes a line into it for each end ("ended <what it said last>") and each start ("ready") of the engine.
TOLD=$STATE/engine-told
# Seconds. Its containers have 15 to end; a start takes 12 under emulation, many times that on a busy computer.
END_LIMIT=60
START_LIMIT=180

# As long as this process is there, init.sh leaves the configuration to it. When it is killed, init.sh takes one away
# that the engine does not come up with.
echo $$ >$STATE/engine-configuring
trap 'rm -f $STATE/engine-configuring $TOLD' EXIT

# What the engine says next, in $word and $words; fails when it says nothing for so many seconds.
next() {
  word= words=
  read -r -t "$1" word words <&3
}

# Ends the engine, and waits until it is about to start.
end_engine() {
  kill -TERM "$(cat /run/docker.pid)" 2>/dev/null
  while next $END_LIMIT; do [ "$word" != ended ] || return 0; done
  kill -KILL "$(cat /run/docker.pid)" 2>/dev/null
  while next $END_LIMIT; do [ "$word" != ended ] || return 0; done
}

# put <file>: makes it the configuration.
put() {
  if [ -s "$1" ]; then mv "$1" $FILE; else rm -f "$1" $FILE; fi
}

mkdir -p /etc/docker
cat >$FILE.new
if [ -s $FILE.new ] && ! said=$(gantry-engine --validate --config-file $FILE.new 2>&1); then
  rm $FILE.new
  echo "$said"
  exit 1
fi
[ ! -e $FILE ] || cp $FILE $FILE.before
rm -f $TOLD
mkfifo $TOLD
# Open for both, so that nobody waits for the other end.
exec 3<>$TOLD
put $FILE.new
end_engine
if next $START_LIMIT && [ "$word" = ready ]; then
  rm -f $FILE.before
  exit 0
fi
said=${words:-"The engine did not start within $START_LIMIT seconds."}
put $FILE.before
# One that hangs is ended; one that has ended is started by init.sh.
[ "$word" = ended ] || end_engine
while next $START_LIMIT; do [ "$word" != ready ] || break; done
echo "$said"
exit 1
