package org.chancery.bench.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// A contestant that has been started, with a directory of its own, and the connections to it.
final class Stage implements AutoCloseable {

    private static final String JVM = "-Xmx1g";

    /// Shaking hands at once; each computes a signature.
    private static final int AT_ONCE = 8;

    private final Contestant contestant;
    private final Roster roster;
    private final Dialect dialect;
    private final Contestant.Setting setting;
    private final List<Link> links = new ArrayList<>();
    private Server server;

    private Stage(Contestant contestant, Roster roster, Contestant.Setting setting, Server server) {
        this.contestant = contestant;
        this.roster = roster;
        this.dialect = contestant.dialect(setting.durable(), roster::identity);
        this.setting = setting;
        this.server = server;
    }

    static Stage set(Contestant contestant, Roster roster, Surroundings surroundings, boolean durable)
            throws IOException, InterruptedException {
        Path work = Files.createTempDirectory(surroundings.work(), contestant.title());
        Contestant.Setting setting = new Contestant.Setting(
                surroundings.home(),
                surroundings.authority(),
                work,
                Server.freePort(),
                durable,
                JVM + " " + surroundings.jvm());
        return new Stage(contestant, roster, setting, contestant.start(setting));
    }

    /// Where everything lies.
    ///
    /// @param jvm more switches for our relay
    record Surroundings(Path home, Path authority, Path work, String jvm) {}

    Contestant contestant() {
        return contestant;
    }

    Roster roster() {
        return roster;
    }

    Dialect dialect() {
        return dialect;
    }

    Server server() {
        return server;
    }

    Turn.Watch watch() {
        return new Turn.Watch(contestant, server.pid());
    }

    /// A connection of a person, closed with the stage.
    Link link(int person) throws IOException {
        Link link = Link.open(dialect, server.port(), person, roster.context(roster.identity(person)));
        synchronized (links) {
            links.add(link);
        }
        return link;
    }

    /// Connections of people from one number on.
    List<Link> links(int from, int count) throws IOException, InterruptedException {
        List<Future<Link>> opening = new ArrayList<>();
        List<Link> opened = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int i = 0; i < count; i++) {
                int person = from + i;
                opening.add(pool.submit(() -> link(person)));
            }
            for (Future<Link> link : opening) {
                opened.add(link.get());
            }
        } catch (ExecutionException e) {
            throw new IOException("not connected", e);
        }
        return opened;
    }

    /// Kills the server and starts it anew over what it has kept.
    void restart() throws IOException, InterruptedException {
        server.kill();
        closeLinks();
        server = contestant.start(setting);
    }

    private void closeLinks() {
        synchronized (links) {
            links.forEach(Link::close);
            links.clear();
        }
    }

    @Override
    public void close() throws IOException {
        closeLinks();
        server.close();
        try (Stream<Path> files = Files.walk(setting.work())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
