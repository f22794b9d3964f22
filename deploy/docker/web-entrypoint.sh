#!/bin/sh
# Makes a certificate where there is none (put your own beside it as own.crt and own.key), then becomes nginx.
set -eu
tls=/var/lib/lanarium-tls
mkdir -p /tmp/nginx

# LANARIUM_TLS_NAMES, comma separated, as a certificate writes names: DNS:nas.lan,IP:192.0.2.7
names() {
    printf 'DNS:localhost,IP:127.0.0.1'
    for name in $(echo "${LANARIUM_TLS_NAMES:-}" | tr ',' ' '); do
        case $name in
            *:*) kind=IP ;;
            *[!0-9.]*) kind=DNS ;;
            *) kind=IP ;;
        esac
        printf ',%s:%s' $kind "$name"
    done
}

# The configuration knows a stand-in for one trusted proxy; here come the real ones, or none.
configure() {
    if [ -z "${TRUSTED_PROXIES:-}" ]; then
        sed '/192\.0\.2\.255/d; /real_ip/d' /etc/lanarium/nginx.conf
        return
    fi
    case $TRUSTED_PROXIES in
        *[!0-9a-fA-F.:/,\ ]*) echo "TRUSTED_PROXIES takes addresses and networks, comma separated" >&2; exit 1 ;;
    esac
    lines=$(echo "$TRUSTED_PROXIES" | tr ',' '\n' | sed -n 's/ //g; s/..*/set_real_ip_from &;/p' | tr '\n' ' ')
    sed "s|set_real_ip_from 192\.0\.2\.255;|$lines|" /etc/lanarium/nginx.conf
}

if [ -f $tls/own.crt ]; then
    ln -sf own.crt $tls/active.crt
    ln -sf own.key $tls/active.key
else
    if ! openssl x509 -checkend 2592000 -noout -in $tls/server.crt >/dev/null 2>&1; then
        umask 077
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 397 -subj "/CN=Lanarium" \
            -addext "subjectAltName=$(names)" \
            -addext "extendedKeyUsage=serverAuth" -keyout $tls/server.key -out $tls/server.crt 2>/dev/null
    fi
    ln -sf server.crt $tls/active.crt
    ln -sf server.key $tls/active.key
fi
openssl x509 -noout -fingerprint -sha256 -in $tls/active.crt
configure >/tmp/nginx/nginx.conf
exec nginx -e stderr -p /tmp/nginx -c /tmp/nginx/nginx.conf
