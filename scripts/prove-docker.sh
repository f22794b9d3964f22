#!/usr/bin/env bash
# Proves the containers with a real Docker engine: scripts/prove-docker.sh [COMMIT]
#
# Builds and starts the images of COMMIT (default: the one before), scans, brings them up to date with their data, then
# looks at users, capabilities and ports, and restarts and kills every container under a running scan.
# Scans stay inside a network without a way out, made for this and removed afterwards. The base image is
# LANARIUM_BASE_IMAGE, the port LANARIUM_PORT (default 18443), STORMS the containers to kill; everything else is called lanarium-proof.
set -euo pipefail
cd "$(dirname "$0")/.."

BEFORE=$(git rev-parse "${1:-HEAD~1}")
WORK=$(mktemp -d)
NETWORK=lanarium-proof-lab
TARGETS=5
export COMPOSE_PROJECT_NAME=lanarium-proof LANARIUM_PORT=${LANARIUM_PORT:-18443} LANARIUM_SECRETS=$WORK/secrets

compose() { docker compose --progress quiet -f "$1/docker-compose.yml" -f "$WORK/only-inside.yml" "${@:2}"; }

clean_up() {
    compose "$PWD" down --volumes --remove-orphans >/dev/null 2>&1 || true
    for number in $(seq $TARGETS); do docker rm -f "lanarium-proof-target-$number" >/dev/null 2>&1 || true; done
    docker network rm $NETWORK >/dev/null 2>&1 || true
    rm -rf "$WORK"
}
trap clean_up EXIT

echo "== a network without a way out, with $TARGETS machines to be found"
docker network create --internal --subnet 10.213.77.0/26 $NETWORK >/dev/null
printf 'services: {scanner: {networks: !override [lab]}}\nnetworks: {lab: {external: true, name: %s}}\n' $NETWORK \
    >"$WORK/only-inside.yml"
docker build -q --build-arg BASE="${LANARIUM_BASE_IMAGE:-debian:trixie-slim}" -t lanarium-proof-target \
    tests/docker/target >/dev/null
for number in $(seq $TARGETS); do
    docker run -d --name "lanarium-proof-target-$number" --hostname "target-$number" --network $NETWORK \
        --ip "10.213.77.$((number * 10))" lanarium-proof-target >/dev/null
done

echo "== images of ${BEFORE:0:10}, and of this tree"
mkdir "$WORK/before"
git archive "$BEFORE" | tar -x -C "$WORK/before"
LANARIUM_COMMIT=$BEFORE LANARIUM_TAG=before compose "$WORK/before" build -q
LANARIUM_COMMIT=$(git rev-parse HEAD) compose "$PWD" build -q
deploy/docker/make-secrets "$LANARIUM_SECRETS" >/dev/null
compose "$PWD" config -q
docker compose -f docker-compose.yml -f deploy/docker/compose.host-network.yml config -q

python3 scripts/prove_docker.py --before "$WORK/before" --inside "$WORK/only-inside.yml" --targets $TARGETS \
    --storms "${STORMS:-database app scanner web}"
