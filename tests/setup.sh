#!/usr/bin/env bash
# Installs what the tests need and this machine lacks: real services, real phones, a real browser. Debian 12 or newer.
set -euo pipefail

declare -A package_of=(
  [/usr/sbin/runuser]=util-linux
  [/usr/bin/redis-server]=redis-server
  [/usr/bin/sipp]=sip-tester
  [/usr/bin/baresip]=baresip
  [/usr/bin/chromium]=chromium
  [/usr/bin/espeak-ng]=espeak-ng
  [/usr/bin/flite]=flite
  [/usr/bin/sox]=sox
  [/usr/bin/fc-list]=fontconfig
  [/bin/ip]=iproute2
)
missing=()
for program in "${!package_of[@]}"; do
  [ -x "$program" ] || missing+=("${package_of[$program]}")
done
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
# Chinese text in screenshots is boxes without a font that has it.
ls /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc >/dev/null 2>&1 || missing+=(fonts-noto-cjk)

if [ "${#missing[@]}" -gt 0 ]; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "The tests need these Debian packages; install them and run again: ${missing[*]}" >&2
    exit 1
  fi
  echo "Installing for the tests: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
