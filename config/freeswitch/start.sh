#!/bin/sh
# Starts FreeSWITCH with this folder. A variable NAME_FILE names a file that holds NAME, so that secrets need not stand in the environment.
set -eu
for name in FREESWITCH_PASSWORD DIRECTORY_SECRET TRUNK_PASSWORD; do
  eval "file=\${${name}_FILE:-}"
  if [ -n "$file" ]; then
    eval "export $name=\"\$(cat \"\$file\")\""
  fi
done
mkdir -p /var/lib/freeswitch/db /var/log/freeswitch /var/run/freeswitch "${CERTS_DIR:-/var/lib/freeswitch/certs}"
exec freeswitch -nf -nc -nonat -conf "$(cd "$(dirname "$0")" && pwd)" -log /var/log/freeswitch -db /var/lib/freeswitch/db \
  -run /var/run/freeswitch -certs "${CERTS_DIR:-/var/lib/freeswitch/certs}" -recordings /var/lib/tandem/recordings
