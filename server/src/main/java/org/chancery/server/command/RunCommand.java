package org.chancery.server.command;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.chancery.console.CommandException;
import org.chancery.console.DurationConverter;
import org.chancery.console.ExitCode;
import org.chancery.console.Surroundings;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.TrustAnchors;
import org.chancery.server.Relay;
import org.chancery.server.config.AddressText;
import org.chancery.server.config.CrlLocation;
import org.chancery.server.config.ServerConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `server run`: the relay itself.
@Command(
        name = "run",
        description = "Runs the relay until it is told to stop (SIGTERM, Ctrl-C).",
        footer = {
            "  server run --keystore server.p12 --trust root.pem --crl crl/root.pem --crl crl/issuing.pem",
            "  server run --keystore server.p12 --trust root.pem --crl http://pki.lab.example/all.crl",
            "  server run --listen 127.0.0.1:0 --keystore server.p12 --trust root.pem --data /var/lib/chancery"
        })
final class RunCommand implements Callable<Integer> {

    @ParentCommand
    private ServerCommand server;

    @Option(
            names = "--listen",
            paramLabel = "IP:PORT",
            converter = AddressConverter.class,
            defaultValue = "127.0.0.1:65432",
            description = "where to accept connections; port 0 takes a free one. Default: ${DEFAULT-VALUE}")
    private InetSocketAddress listen;

    @Option(names = "--keystore", paramLabel = "FILE", required = true, description = "the relay's key and chain")
    private Path keyStore;

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            required = true,
            split = ",",
            description = "the root of the authority, PEM or DER; may repeat while a root is being replaced")
    private List<Path> trust;

    @Option(
            names = "--crl",
            paramLabel = "FILE|URL",
            split = ",",
            converter = CrlLocationConverter.class,
            description = "a CRL to watch, PEM or DER, a file or an http or https URL that is asked every half second; "
                    + "may repeat. Without any, revocation is not checked")
    private List<CrlLocation> crls = List.of();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "the relay's data. Default: ./${DEFAULT-VALUE}")
    private Path data;

    @Option(
            names = "--metrics",
            paramLabel = "IP:PORT",
            converter = AddressConverter.class,
            description = "where /metrics, /healthz and /readyz answer over HTTP, a loopback address such as"
                    + " 127.0.0.1:9465. Default: nowhere")
    private @Nullable InetSocketAddress metrics;

    @Option(
            names = "--revocation-grace",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "24h",
            description = "how long after its nextUpdate a CRL still counts. Default: ${DEFAULT-VALUE}")
    private Duration revocationGrace;

    @ArgGroup(exclusive = false, multiplicity = "0..1", heading = "%nBounds:%n")
    private BoundsOptions bounds = new BoundsOptions();

    @Override
    public Integer call() throws Exception {
        Surroundings surroundings = server.surroundings();
        surroundings.out().println("[*] Starting server...");
        IdentityFiles files = new IdentityFiles(keyStore, trust, server.passphrases());
        TrustAnchors anchors = files.anchors();
        if (crls.isEmpty()) {
            surroundings.report().warning("no --crl given: revoked certificates are let in");
        }
        RunningRelay running = new RunningRelay(surroundings);
        Relay relay = start(config(), files.identity(), anchors, running);
        try (IdentityReload reload = new IdentityReload(files, relay)) {
            reload.start();
            running.untilStopped(relay);
        }
        return ExitCode.DONE.code();
    }

    private Relay start(ServerConfig config, Identity identity, TrustAnchors anchors, RunningRelay running)
            throws Exception {
        try {
            return Relay.start(config, identity, anchors, running.surroundings());
        } catch (PathValidationException e) {
            throw OwnCertificate.refused(keyStore, e);
        } catch (BindException e) {
            throw new CommandException(
                    ExitCode.UNREACHABLE,
                    "cannot listen on " + addresses() + ": " + e.getMessage(),
                    "another program may have it; see --listen and --metrics");
        }
    }

    /// Where it is to listen, for the person who has to find out which is taken.
    private String addresses() {
        return metrics == null ? AddressText.of(listen) : AddressText.of(listen) + " or " + AddressText.of(metrics);
    }

    private void requireLoopback() throws CommandException {
        if (metrics != null && !metrics.getAddress().isLoopbackAddress()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--metrics " + metrics.getAddress().getHostAddress() + " is no loopback address",
                    "give 127.0.0.1:" + metrics.getPort() + ", and a proxy that asks who is asking before it");
        }
    }

    private ServerConfig config() throws CommandException {
        requireLoopback();
        try {
            return new ServerConfig(
                    listen,
                    data,
                    crls,
                    revocationGrace,
                    bounds.connections(),
                    bounds.sessions(),
                    bounds.rates(),
                    bounds.storage(),
                    bounds.files(),
                    bounds.rooms(),
                    Optional.ofNullable(metrics));
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), "see: server run --help");
        }
    }
}
