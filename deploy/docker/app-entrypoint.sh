#!/bin/sh
# Brings the database up to date, then becomes the application.
set -eu
lanarium migrate
umask 007
exec lanarium serve --socket /run/lanarium/app/app.sock
