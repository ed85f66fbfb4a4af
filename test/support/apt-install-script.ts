/**
 * Installs the packages named as arguments. apt starts the servers that it installs, unless a
 * policy-rc.d answers 101: one is put in place while installing, and what was there before is put
 * back, also after an interrupted run. Processes wait for each other at the lock, which the kernel
 * lets go when its holder dies; who waited looks again at what is missing.
 */
export const installScript = `
set -eu
policy=/usr/sbin/policy-rc.d
saved=$policy.before-letterbook-tests
mark='# written by the tests of Letterbook'

exec 9>/var/cache/letterbook-tests-apt.lock
flock 9

put_back() {
  if grep -qsF "$mark" "$policy"; then rm -f "$policy"; fi
  if [ -e "$saved" ]; then mv "$saved" "$policy"; fi
}
put_back

missing=''
for package in "$@"; do
  if ! dpkg-query -W -f '\${Status}' "$package" 2>/dev/null | grep -q 'install ok installed'; then
    missing="$missing $package"
  fi
done
if [ -z "$missing" ]; then exit 0; fi

trap put_back EXIT
trap 'exit 1' HUP INT TERM
if [ -e "$policy" ]; then mv "$policy" "$saved"; fi
printf '#!/bin/sh\\n%s\\nexit 101\\n' "$mark" >"$policy"
chmod 755 "$policy"

apt='apt-get -o DPkg::Lock::Timeout=300'
$apt update 9>&-
$apt install -y --no-install-recommends $missing 9>&-
`;
