#!/bin/sh
# Installs Debian packages where nobody has to be asked for it; elsewhere says what to install, and
# fails.
#   tools/debian.sh WHY PACKAGE...
set -eu
why=$1
shift

if [ "$(id -u)" = 0 ]; then as_root=""
elif sudo -n true 2>/dev/null; then as_root="sudo -n"
else as_root=no
fi

if [ "$as_root" = no ] || ! command -v apt-get >/dev/null; then
    echo "$why: please install it. On Debian and Ubuntu: sudo apt-get install $*" >&2
    exit 1
fi

echo "$why: installing $*"
$as_root apt-get -q update
$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q install --yes --no-install-recommends "$@"
