#!/usr/bin/env bash
# Shows one page of the desk on a whole screen, for ever: the wall, a kiosk, a pad.
set -u

usage() {
  cat <<'TEXT'
usage: motcua-screen.sh PAGE --server URL [options]

  PAGE                 wall, kiosk, pad?counter=3, or any other path of the desk
  --server URL         the desk, e.g. http://192.168.1.10:8080
  --printing           tickets go to this computer's own printer without a question (kiosk)
  --size W,H           the screen in pixels; measured when left out, else 1920,1080
  --position X,Y       its upper left corner, 0,0 when left out: a second screen begins at 1920,0
  --profile FOLDER     where the browser keeps its sign-in; one for each PAGE when left out
  --restart-at HH:MM   when the browser is started anew each night, 03:30 when left out; "never"
  --ca FILE            the authority that the desk's https is trusted by: keys/tls.ca.pem of the desk (apt install libnss3-tools)
  --browser PROGRAM    chromium when left out, or chromium-browser, google-chrome
TEXT
}

say() { printf '%s motcua-screen: %s\n' "$(date '+%F %T')" "$*" >&2; }
fail() { say "$*"; exit 2; }

page='' server='' printing='' size='' position='0,0' profile='' restart_at='03:30' browser='' ca=''
need() { [ "$#" -ge 2 ] || fail "$1 needs a value"; }
while [ "$#" -gt 0 ]; do
  case "$1" in
    -h | --help) usage; exit 0 ;;
    --printing) printing=yes; shift ;;
    --server) need "$@"; server=${2%/}; shift 2 ;;
    --size) need "$@"; size=$2; shift 2 ;;
    --position) need "$@"; position=$2; shift 2 ;;
    --profile) need "$@"; profile=$2; shift 2 ;;
    --restart-at) need "$@"; restart_at=$2; shift 2 ;;
    --ca) need "$@"; ca=$2; shift 2 ;;
    --browser) need "$@"; browser=$2; shift 2 ;;
    -*) fail "there is no option $1" ;;
    *) [ -z "$page" ] || fail "one PAGE only"; page=${1#/}; shift ;;
  esac
done

[ "$(id -u)" -ne 0 ] || fail 'not as root: a browser must not be able to do everything on this computer'
[[ $page =~ ^[A-Za-z0-9/?=\&_.-]+$ ]] || { usage >&2; fail 'which PAGE?'; }
[[ $server =~ ^https?://[^/[:space:]]+$ ]] || fail '--server is like http://192.168.1.10:8080'
[[ $restart_at =~ ^([01][0-9]|2[0-3]):[0-5][0-9]$ || $restart_at == never ]] || fail '--restart-at is like 03:30'
[[ $position =~ ^-?[0-9]+,-?[0-9]+$ ]] || fail '--position is like 1920,0'
if [ -z "$size" ] && [ -n "${DISPLAY:-}" ] && command -v xrandr >/dev/null; then
  size=$(xrandr 2>/dev/null | sed -n 's/.* current \([0-9]*\) x \([0-9]*\),.*/\1,\2/p' | head -n 1)
fi
size=${size:-1920,1080}
[[ $size =~ ^[0-9]+,[0-9]+$ ]] || fail '--size is like 1920,1080'
if [ -z "$browser" ]; then
  for browser in chromium chromium-browser google-chrome-stable google-chrome; do
    command -v "$browser" >/dev/null && break
    browser=''
  done
fi
command -v "${browser:-none}" >/dev/null || fail 'no Chromium here; install it or name it with --browser'
command -v curl >/dev/null || command -v wget >/dev/null || fail 'curl or wget is needed'

# Chromium keeps the authorities that a person trusts in this store, for all its profiles; a name of the certificate's own lets a new one in.
trust() {
  command -v certutil >/dev/null || fail 'certutil is needed for --ca: apt install libnss3-tools'
  local store="sql:$HOME/.pki/nssdb" name
  name="motcua $(sha256sum < "$ca" | cut -c 1-16)"
  mkdir -p "$HOME/.pki/nssdb" || fail "$HOME/.pki/nssdb cannot be made"
  certutil -d "$store" -L >/dev/null 2>&1 || certutil -d "$store" -N --empty-password || fail "$HOME/.pki/nssdb cannot be used"
  certutil -d "$store" -L -n "$name" >/dev/null 2>&1 && return 0
  certutil -d "$store" -A -t 'C,,' -n "$name" -i "$ca" || fail "$ca cannot be trusted: is it the desk's keys/tls.ca.pem?"
  say "trusts the authority in $ca"
}
if [ -n "$ca" ]; then
  [ -r "$ca" ] || fail "$ca cannot be read"
  ca=$(realpath -- "$ca")
  trust
fi

profile=${profile:-${XDG_DATA_HOME:-$HOME/.local/share}/motcua-screen/${page//[^A-Za-z0-9]/-}}
mkdir -p "$profile" || fail "$profile cannot be made"
# One launcher a profile. The lock ends with this process, however it ends; the browser does not inherit it (9>&-).
exec 9>"$profile/launcher.lock"
flock -n 9 || fail "$profile is shown by another launcher already"

# The desk answers, be it that something in it is not well: then its pages say so better than an empty screen.
answers() {
  if command -v curl >/dev/null; then
    case "$(curl -s -o /dev/null -m 3 ${ca:+--cacert "$ca"} --noproxy '*' -w '%{http_code}' "$server/api/v1/health")" in 200 | 503) return 0 ;; *) return 1 ;; esac
  fi
  wget -q ${ca:+"--ca-certificate=$ca"} -T 3 -t 1 --no-proxy -O /dev/null "$server/api/v1/health"
  case $? in 0 | 8) return 0 ;; *) return 1 ;; esac
}

# X blanks a screen after ten minutes. Under Wayland the session itself must not (see cage in the docs).
keep_awake() {
  [ -n "${DISPLAY:-}" ] && command -v xset >/dev/null || return 0
  xset s off s noblank -dpms 2>/dev/null || say 'the screen saver cannot be switched off'
}

# Who has the profile. A browser that finds it taken hands its page over and ends at once with 0: its end says nothing, so the one
# that was first is the one to watch.
owner() {
  local lock
  lock=$(readlink "$profile/SingletonLock" 2>/dev/null) || return 1
  lock=${lock##*-}
  # After a power cut the number in an old lock may be another program's.
  [[ $lock =~ ^[0-9]+$ ]] && grep -aqF -- "$profile" "/proc/$lock/cmdline" 2>/dev/null && printf '%s' "$lock"
}

# A power cut, a new name of this computer or a disk moved to another one leave a lock that nobody holds: Chromium would ask about it in a
# dialog on black, for ever. Called when `owner` found nobody, so the lock is nobody's. Then the last end counts as a clean one: no "Restore
# pages?" over the page.
tidy() {
  if [ -L "$profile/SingletonLock" ]; then say "removes the lock that $(readlink "$profile/SingletonLock") left behind"; fi
  rm -rf "$profile/SingletonLock" "$profile/SingletonSocket" "$profile/SingletonCookie"
  local preferences
  for preferences in "$profile/Default/Preferences" "$profile/Local State"; do
    [ -f "$preferences" ] || continue
    if [ ! -s "$preferences" ] || ! grep -q '[^[:space:][:cntrl:]]' "$preferences"; then rm -f "$preferences"; continue; fi
    sed -i 's/"exit_type": *"[A-Za-z]*"/"exit_type":"Normal"/; s/"exited_cleanly": *false/"exited_cleanly":true/' "$preferences"
  done
}

# A browser that ends at once, again and again, has a profile that it cannot read. The first new one keeps the cookies, so that the
# screen stays paired; if that does not help either, the next one is empty. What was there lies beside it.
quick_ends=0 renewed=0
renew() {
  local old="$profile.old" kept
  say "the browser ends at once, so the profile is made anew; the old one is $old"
  rm -rf "$old"
  mkdir -p "$old" || return 0
  find "$profile" -mindepth 1 -maxdepth 1 ! -name launcher.lock -exec mv -t "$old" {} +
  renewed=$((renewed + 1))
  [ $((renewed % 2)) -eq 1 ] || return 0
  for kept in Default/Cookies Default/Network/Cookies; do
    [ -s "$old/$kept" ] || continue
    mkdir -p "$profile/${kept%/*}"
    cp "$old/$kept" "$profile/$kept"
  done
}

first=''
start() {
  tidy
  local flags=(
    --kiosk "--user-data-dir=$profile" --no-first-run --no-default-browser-check
    --autoplay-policy=no-user-gesture-required "--window-position=$position" "--window-size=$size"
    --disable-pinch --overscroll-history-navigation=0 --disable-features=Translate --password-store=basic
  )
  [ -z "$printing" ] || flags+=(--kiosk-printing)
  "$browser" "${flags[@]}" "$server/$page" 9>&- &
  first=$!
  say "shows $server/$page ($first)"
}

alive() { [ -n "$first" ] && kill -0 "$first" 2>/dev/null; }

end() {
  alive || return 0
  kill "$first" 2>/dev/null
  for _ in $(seq 50); do alive || return 0; sleep 0.2; done
  say "the browser does not end, so it is ended"
  kill -9 "$first" 2>/dev/null
  sleep 0.2
}

trap 'end; exit 0' TERM INT HUP

pause() { sleep "$1" 9>&- & wait $!; }  # a signal is heard at once

restarted_on=''
[ "$(date +%H:%M)" = "$restart_at" ] && restarted_on=$(date +%F)
said=''
while true; do
  until answers; do
    [ -n "$said" ] || say "waits for $server"
    said=yes
    pause 1
  done
  said=''
  keep_awake
  began=$SECONDS
  if first=$(owner); then say "goes on with the browser that is there ($first)"; else start; fi
  while alive || { first=$(owner) && say "watches the first browser ($first)"; }; do
    pause 1
    [ $((SECONDS % 60)) -ne 0 ] || keep_awake
    if [ "$(date +%H:%M)" = "$restart_at" ] && [ "$restarted_on" != "$(date +%F)" ]; then
      restarted_on=$(date +%F)
      say 'is started anew, as every night'
      end
    fi
  done
  say 'the browser has ended'
  if [ $((SECONDS - began)) -ge 10 ]; then quick_ends=0 renewed=0; continue; fi
  quick_ends=$((quick_ends + 1))
  if [ "$quick_ends" -ge 3 ]; then
    quick_ends=0
    renew
  fi
  pause 3
done
