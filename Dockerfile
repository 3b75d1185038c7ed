# The design system's files, from package-lock.json.
FROM node:20-bookworm-slim AS design
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=dev --no-audit --no-fund

# The Python packages, from requirements.lock.
FROM python:3.11-slim-bookworm AS packages
COPY requirements.lock ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir -r requirements.lock

FROM python:3.11-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      fontconfig libharfbuzz-subset0 libharfbuzz0b libpango-1.0-0 libpangoft2-1.0-0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --create-home --home-dir /var/lib/opgaveflytning opgaveflytning \
 && install -d -o opgaveflytning -m 700 /var/lib/opgaveflytning/private /var/lib/opgaveflytning/history
WORKDIR /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production
COPY --from=packages /venv /venv
COPY --from=design /build/node_modules/dkfds node_modules/dkfds
COPY . .
# Static files are gathered once, here; the demonstration's settings know the files but not the manifest, so the
# production settings are used, with values that are good for this one command only.
RUN SECRET_KEY=only-for-gathering-static-files-while-building-the-image \
    ALLOWED_HOSTS=build.invalid DATABASE_URL=postgresql://build.invalid/build REDIS_URL=redis://build.invalid \
    EMAIL_URL=smtp://build.invalid PRIVATE_ROOT=/var/lib/opgaveflytning/private \
    HISTORY_ROOT=/var/lib/opgaveflytning/history \
    python manage.py collectstatic --no-input --verbosity 0
USER opgaveflytning
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--no-control-socket"]
