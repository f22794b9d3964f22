#!/bin/sh
# Makes the cluster on first start, then becomes PostgreSQL with TimescaleDB.
set -eu
bin=/usr/lib/postgresql/17/bin
data=/var/lib/lanarium-db/data
if [ ! -s $data/PG_VERSION ]; then
    $bin/initdb -D $data -U lanarium -E UTF8 --locale=C.UTF-8 --data-checksums \
        --auth-local=peer --auth-host=scram-sha-256 --pwfile=/run/secrets/database_password >/dev/null
    printf 'host all lanarium all scram-sha-256\nlocal all lanarium peer map=own\n' >$data/pg_hba.conf
    printf 'own lanarium-db lanarium\n' >$data/pg_ident.conf
    printf 'CREATE DATABASE lanarium\n' | $bin/postgres --single -D $data postgres >/dev/null
fi
if [ "$(cat $data/PG_VERSION)" != 17 ]; then
    echo "This volume was made by PostgreSQL $(cat $data/PG_VERSION); this image has 17. See docs/docker.md, Upgrading." >&2
    exit 1
fi
exec $bin/postgres -D $data -c listen_addresses='*' -c unix_socket_directories=/tmp -c shared_buffers=256MB \
    -c shared_preload_libraries=timescaledb -c timescaledb.telemetry_level=off -c max_connections=60 -c jit=off \
    -c synchronous_commit=on -c log_destination=stderr
