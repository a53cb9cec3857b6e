package org.chancery.bench.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.chancery.pki.keystore.Identity;

/// A system that is measured: how it is started, and how it is spoken to.
enum Contestant {
    /// The relay of this project, as `bin/server` starts it.
    CHANCERY("chancery") {
        @Override
        Server start(Setting setting) throws IOException, InterruptedException {
            Path authority = setting.authority();
            List<String> command = List.of(
                    setting.home().resolve("bin/server").toString(),
                    "run",
                    "--listen",
                    "127.0.0.1:" + setting.port(),
                    "--keystore",
                    authority.resolve("relay.p12").toString(),
                    "--no-passphrase",
                    "--trust",
                    authority.resolve("root.pem").toString(),
                    "--data",
                    setting.work().resolve("data").toString(),
                    "--max-connections",
                    "20000",
                    "--max-connections-per-source",
                    "20000",
                    "--ping-after",
                    "30m",
                    "--idle-timeout",
                    "1h",
                    "--max-connections-per-device",
                    "16",
                    "--max-handshakes",
                    "4096",
                    "--frame-rate",
                    "1000000/1000000",
                    "--octet-rate",
                    "1000000000/1000000000",
                    "--letter-rate",
                    "1000000/1000000",
                    "--storage-per-address",
                    "1000000000000");
            return Server.start(command, Map.of("CHANCERY_JAVA_OPTS", setting.jvm()), setting.work(), setting.port());
        }

        @Override
        Dialect dialect(boolean durable, IntFunction<Identity> people) {
            return new Chancery(people);
        }
    },
    /// MQTT: quality of service 0, and 1 where it has to be durable.
    MOSQUITTO("mosquitto") {
        @Override
        Server start(Setting setting) throws IOException, InterruptedException {
            String configuration =
                    """
                    listener %d 127.0.0.1
                    cafile %s/root.pem
                    certfile %s/peer.pem
                    keyfile %s/peer.key
                    require_certificate true
                    use_identity_as_username false
                    tls_version tlsv1.3
                    allow_anonymous true
                    max_connections -1
                    log_type error
                    set_tcp_nodelay true
                    user root
                    """.formatted(setting.port(), setting.authority(), setting.authority(), setting.authority())
                            + (setting.durable() ? """
                            persistence true
                            persistence_location %s/
                            autosave_interval 60
                            max_queued_messages 0
                            """.formatted(setting.work()) : "persistence false\n");
            Path file = Files.writeString(setting.work().resolve("mosquitto.conf"), configuration);
            return Server.start(
                    List.of(onPath("mosquitto").orElseThrow().toString(), "-c", file.toString()),
                    Map.of(),
                    setting.work(),
                    setting.port());
        }

        @Override
        Dialect dialect(boolean durable, IntFunction<Identity> people) {
            return new Mqtt(durable);
        }
    },
    /// Core NATS, and JetStream where it has to be durable.
    NATS("nats-server") {
        @Override
        Server start(Setting setting) throws IOException, InterruptedException {
            String configuration =
                    """
                    listen: "127.0.0.1:%d"
                    max_connections: 64K
                    tls {
                      cert_file: "%s/peer.pem"
                      key_file: "%s/peer.key"
                      ca_file: "%s/root.pem"
                      verify: true
                      timeout: 30
                    }
                    """.formatted(setting.port(), setting.authority(), setting.authority(), setting.authority())
                            + (setting.durable() ? "jetstream { store_dir: \"%s\" }\n".formatted(setting.work()) : "");
            Path file = Files.writeString(setting.work().resolve("nats.conf"), configuration);
            return Server.start(
                    List.of(onPath("nats-server").orElseThrow().toString(), "-c", file.toString()),
                    Map.of(),
                    setting.work(),
                    setting.port());
        }

        @Override
        Dialect dialect(boolean durable, IntFunction<Identity> people) {
            return new Nats(durable);
        }
    };

    /// What a server is started with.
    ///
    /// @param home the project's directory
    /// @param authority certificates and keys
    /// @param work a directory of the server's own
    /// @param durable messages have to be kept; ours always are
    /// @param jvm switches for ours
    record Setting(Path home, Path authority, Path work, int port, boolean durable, String jvm) {}

    private final String program;

    Contestant(String program) {
        this.program = program;
    }

    /// As tables call it.
    String title() {
        return program;
    }

    /// Whether it is on this machine; ours always is.
    boolean present() {
        return this == CHANCERY || onPath(program).isPresent();
    }

    abstract Server start(Setting setting) throws IOException, InterruptedException;

    abstract Dialect dialect(boolean durable, IntFunction<Identity> people);

    private static Optional<Path> onPath(String program) {
        return Stream.concat(Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)), Stream.of("/usr/sbin"))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
