# Sourced by the scripts that need PostgreSQL's server programs or a Chromium: where they are on this machine.

# Print the folder of initdb and pg_ctl; the newest that a Debian package put beside the others, or the one on PATH.
find_postgres() {
    local folder
    for folder in "${POSTGRES_BIN:-}" \
        $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t / -k 5 -n -r) \
        "$(dirname "$(command -v initdb || echo /)")" \
        /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin; do
        if [ -n "$folder" ] && [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ]; then
            echo "$folder"
            return
        fi
    done
    return 1
}

find_chromium() {
    local name
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
        "/Applications/Chromium.app/Contents/MacOS/Chromium" \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
        if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then
            command -v "$name"
            return
        fi
    done
    return 1
}

# Playwright brings a Node.js that wants libatomic, which a bare Debian does not have.
playwright_starts() { .venv/bin/python -m playwright --version >/dev/null 2>&1; }

# Only here may the script install packages by itself: root on Debian, as in a build container.
may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && grep -qx 'ID=debian' /etc/os-release; }

apt_install() {
    echo "Installing the Debian package $1"
    { [ -n "${apt_updated:-}" ] || apt-get update -qq; } && apt_updated=1 &&
        DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$1" >/dev/null
}

# The server package would make and start a cluster of the system; the tests bring their own.
install_postgres() {
    local conf=/etc/postgresql-common/createcluster.conf
    apt_install postgresql-common || return 1
    grep -q '^create_main_cluster *= *false' "$conf" 2>/dev/null || echo 'create_main_cluster = false' >>"$conf"
    apt_install postgresql
}
