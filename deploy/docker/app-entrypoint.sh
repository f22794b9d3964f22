#!/bin/sh
# Brings the database up to date, then becomes the application.
set -eu
DATABASE_URL="postgresql://lanarium:$(cat /run/secrets/database_password)@database:5432/lanarium"
export DATABASE_URL
python -m backend.cli migrate
umask 007
exec python -m backend.cli serve --socket /run/lanarium/app.sock
