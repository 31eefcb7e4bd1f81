# One image recipe for every service: docker build --build-arg SERVICE=connector-service .
# The build stage is the same for all of them, so it runs once.
ARG JARS=built

FROM eclipse-temurin:25-jdk AS build
WORKDIR /src
COPY .mvn .mvn
COPY mvnw pom.xml ./
COPY . .
# The secret "ca" holds certificate authorities of a network that re-signs TLS; an empty file means none.
RUN --mount=type=cache,target=/root/.m2 --mount=type=secret,id=ca \
    if [ -s /run/secrets/ca ]; then \
      export CURL_CA_BUNDLE=/run/secrets/ca; \
      awk -v n=0 '/BEGIN CERTIFICATE/ { n++ } { print > "/tmp/ca-" n ".pem" }' /run/secrets/ca; \
      for ca in /tmp/ca-*.pem; do \
        keytool -importcert -noprompt -cacerts -storepass changeit -alias "$ca" -file "$ca"; \
      done; \
    fi; \
    ./mvnw -B -ntp -q -Dquick -DskipTests package \
      -pl connector-service,reconciler-service,notifier-service,console-service,graph-simulator -am
RUN mkdir /jars && cp */target/*-exec.jar /jars

FROM scratch AS built
COPY --from=build /jars/ /

# With ROLLCALL_JARS=prebuilt nothing is compiled: the jars of ./mvnw package were copied to docker/jars.
FROM scratch AS prebuilt
COPY docker/jars/ /

FROM ${JARS} AS jars

FROM eclipse-temurin:25-jdk AS layers
ARG SERVICE
COPY --from=jars ${SERVICE}-*-exec.jar /app.jar
RUN java -Djarmode=tools -jar /app.jar extract --layers --application-filename app.jar --destination /layers

FROM eclipse-temurin:25-jre AS service
ARG SERVICE
WORKDIR /app
COPY --from=layers /layers/dependencies/ ./
COPY --from=layers /layers/spring-boot-loader/ ./
COPY --from=layers /layers/snapshot-dependencies/ ./
COPY --from=layers /layers/application/ ./
# Who tells people and who routes compute little: the JVM's second compiler would cost more than all they do (ADR 19).
RUN case "${SERVICE}" in notifier-service|console-service) echo "-XX:TieredStopAtLevel=1 -Xms32m";; esac > jvm.options
# A training start, which ends when the context is ready and touches neither Kafka nor MongoDB, fills the AOT cache.
RUN ROLLCALL_ENCRYPTION_KEY=$(head -c 32 /dev/zero | base64) \
      java @jvm.options -XX:+UseSerialGC -XX:AOTCacheOutput=app.aot -Dspring.context.exit=onRefresh -jar app.jar \
    && useradd --system --no-create-home --uid 10001 rollcall \
    && mkdir /tls && chown rollcall /tls
USER 10001
# Otherwise glibc keeps up to eight heaps a core for the threads of a JVM.
ENV SERVER_ADDRESS=0.0.0.0 MALLOC_ARENA_MAX=2
# A service takes some 250 MB beside its heap: half of 512 MB for the heap was a little too much.
ENTRYPOINT ["java", "@jvm.options", "-XX:AOTCache=app.aot", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=45", "-XX:+ExitOnOutOfMemoryError", "-jar", "app.jar"]
