package org.chancery.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.chancery.server.config.AddressText;
import org.chancery.server.control.ControlAnswer;
import org.chancery.server.control.ControlRefusal;
import org.chancery.server.control.Desk;
import org.chancery.server.control.DevicePrefix;
import org.chancery.server.control.RelayStatus;
import org.chancery.server.control.SessionView;
import org.chancery.server.session.RelayContext;
import org.chancery.server.session.Session;
import org.chancery.server.session.SessionEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What this relay does for its administrator.
final class RelayDesk implements Desk {

    private static final Logger LOG = LoggerFactory.getLogger(RelayDesk.class);

    private final RelayContext context;
    private final DataDirectory data;
    private final RelayHealth health;
    private final InetSocketAddress address;
    private final Instant startedAt;
    private final Supplier<Instant> certificateNotAfter;

    RelayDesk(
            RelayContext context,
            DataDirectory data,
            RelayHealth health,
            InetSocketAddress address,
            Supplier<Instant> certificateNotAfter) {
        this.context = context;
        this.data = data;
        this.health = health;
        this.address = address;
        this.startedAt = context.clock().instant();
        this.certificateNotAfter = certificateNotAfter;
    }

    @Override
    public RelayStatus status() {
        List<Session> open = context.registry().all();
        return new RelayStatus(
                AddressText.of(address),
                ProcessHandle.current().pid(),
                startedAt,
                health.notReady(),
                Math.toIntExact(
                        open.stream().map(s -> s.peer().device()).distinct().count()),
                open.size(),
                context.log().incarnation(),
                data.logBytes(),
                data.freeBytes(),
                certificateNotAfter.get(),
                context.crls().crls().stream()
                        .map(crl -> new RelayStatus.CrlView(crl.issuer().getName(), crl.thisUpdate(), crl.nextUpdate()))
                        .toList());
    }

    @Override
    public List<SessionView> sessions() {
        return context.registry().all().stream()
                .map(this::view)
                .sorted(Comparator.comparing(SessionView::address).thenComparing(SessionView::since))
                .toList();
    }

    private SessionView view(Session session) {
        return new SessionView(
                session.peer().address(),
                session.peer().device(),
                session.source().getHostAddress(),
                context.clock().instant().minus(session.age()),
                session.greeted(),
                session.waiting(),
                session.peer().path().leaf().getNotAfter().toInstant());
    }

    @Override
    public ControlAnswer disconnect(DevicePrefix device) {
        List<Session> meant = context.registry().all().stream()
                .filter(session -> device.fits(session.peer().device()))
                .toList();
        Optional<ControlAnswer.Refused> refusal = device.refusalAmong(
                meant.stream().map(session -> session.peer().device()).toList());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        meant.forEach(session -> session.end(SessionEnd.DISCONNECTED, "the administrator ended the session"));
        Session one = meant.getFirst();
        LOG.info("the administrator ended {} sessions of {}", meant.size(), one.name());
        return new ControlAnswer.Disconnected(one.peer().address(), one.peer().device(), meant.size());
    }

    @Override
    public ControlAnswer backup(Path file, boolean overwrite) {
        try {
            context.log().copyTo(file, overwrite);
            LOG.info("the administrator copied the log to {}", file);
            return new ControlAnswer.BackedUp(Files.size(file));
        } catch (FileAlreadyExistsException e) {
            return new ControlAnswer.Refused(ControlRefusal.FILE_EXISTS, file + " exists already");
        } catch (IOException e) {
            LOG.warn("no copy of the log: {}", e.getMessage());
            return new ControlAnswer.Refused(ControlRefusal.DISK, "cannot write " + file + ": " + e.getMessage());
        }
    }
}
