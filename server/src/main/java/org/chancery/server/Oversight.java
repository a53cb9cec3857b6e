package org.chancery.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.server.config.ServerConfig;
import org.chancery.server.control.ControlServer;
import org.chancery.server.metrics.Monitor;
import org.chancery.server.session.RelayContext;

/// Where a relay is watched and told what to do: metrics and health over HTTP, its administrator over a socket.
final class Oversight implements AutoCloseable {

    private final RelayHealth health;
    private final ControlServer control;
    private final Optional<Monitor> monitor;

    private Oversight(RelayHealth health, ControlServer control, Optional<Monitor> monitor) {
        this.health = health;
        this.control = control;
        this.monitor = monitor;
    }

    /// @param address where the relay accepts
    /// @throws org.chancery.console.ControlPathException if the data directory's path is too long for a socket
    /// @throws IOException if an address or the socket is not to be had
    static Oversight open(
            ServerConfig config,
            DataDirectory data,
            RelayContext context,
            Supplier<Identity> identity,
            InetSocketAddress address)
            throws IOException {
        Supplier<Instant> notAfter =
                () -> identity.get().chain().leaf().getNotAfter().toInstant();
        Supplier<CrlSet> needed =
                () -> context.grounds().get().needed(context.clock().instant());
        RelayHealth health = new RelayHealth(config, data, needed, context.metrics(), context.clock());
        RelayGauges.add(context.metrics(), data, needed, notAfter);
        ControlServer control =
                ControlServer.open(data.controlSocket(), new RelayDesk(context, data, health, address, notAfter));
        boolean ready = false;
        try {
            Optional<Monitor> monitor = config.metrics().isPresent()
                    ? Optional.of(Monitor.open(config.metrics().get(), context.metrics(), health))
                    : Optional.empty();
            ready = true;
            return new Oversight(health, control, monitor);
        } finally {
            if (!ready) {
                control.close();
            }
        }
    }

    /// Nobody is let in from now on.
    void draining() {
        health.draining();
    }

    /// Where the monitor answers, if anywhere.
    Optional<InetSocketAddress> metricsAddress() {
        return monitor.map(Monitor::address);
    }

    @Override
    public void close() throws IOException {
        try (control) {
            if (monitor.isPresent()) {
                monitor.get().close();
            }
        }
    }
}
