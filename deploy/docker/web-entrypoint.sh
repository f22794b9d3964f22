#!/bin/sh
# Makes a certificate where there is none (put your own beside it as own.crt and own.key), then becomes nginx.
set -eu
tls=/var/lib/lanarium-tls
mkdir -p /tmp/nginx
if [ -f $tls/own.crt ]; then
    ln -sf own.crt $tls/active.crt
    ln -sf own.key $tls/active.key
else
    if ! openssl x509 -checkend 2592000 -noout -in $tls/server.crt >/dev/null 2>&1; then
        umask 077
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 397 -subj "/CN=Lanarium" \
            -addext "subjectAltName=DNS:localhost,IP:127.0.0.1${LANARIUM_TLS_NAMES:+,$LANARIUM_TLS_NAMES}" \
            -addext "extendedKeyUsage=serverAuth" -keyout $tls/server.key -out $tls/server.crt 2>/dev/null
    fi
    ln -sf server.crt $tls/active.crt
    ln -sf server.key $tls/active.key
fi
openssl x509 -noout -fingerprint -sha256 -in $tls/active.crt
exec nginx -e stderr -p /tmp/nginx -c /etc/lanarium/nginx.conf
