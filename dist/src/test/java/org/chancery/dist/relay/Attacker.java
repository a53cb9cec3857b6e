package org.chancery.dist.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.chancery.pki.keystore.Identity;
import org.jspecify.annotations.Nullable;

/// One who wishes a relay ill, over and over, on one thread. What the relay does about it is an [IOException], after
/// which they go on.
sealed interface Attacker {

    /// Does it once more.
    void once() throws IOException;

    /// Knocks without TLS: says something or nothing, and stays until so many others have come after.
    final class Knocker implements Attacker {
        private final int port;
        private final Supplier<InetAddress> from;
        private final byte[] said;
        private final int held;
        private final Deque<Socket> open = new ArrayDeque<>();

        /// @param held connections kept open; for one more the oldest is closed
        Knocker(int port, Supplier<InetAddress> from, byte[] said, int held) {
            this.port = port;
            this.from = from;
            this.said = said;
            this.held = held;
        }

        @Override
        public void once() throws IOException {
            while (open.size() >= held) {
                open.removeFirst().close();
            }
            Socket socket = HostileLink.plain(from.get(), port);
            open.addLast(socket);
            socket.getOutputStream().write(said);
        }
    }

    /// Says the beginning of a handshake on several connections, an octet at a time, in turn.
    final class Dripper implements Attacker {
        private record Drip(Socket socket, int said) {}

        private final int port;
        private final byte[] octets;
        private final int connections;
        private final Deque<Drip> open = new ArrayDeque<>();

        Dripper(int port, byte[] octets, int connections) {
            this.port = port;
            this.octets = octets;
            this.connections = connections;
        }

        @Override
        public void once() throws IOException {
            Drip next = open.size() < connections
                    ? new Drip(HostileLink.plain(Arsenal.anySource(), port), 0)
                    : open.removeFirst();
            try {
                next.socket().getOutputStream().write(octets[next.said()]);
            } catch (IOException e) {
                next.socket().close();
                throw e;
            }
            if (next.said() + 1 == octets.length - 1) {
                next.socket().close(); // the last octet is never said
            } else {
                open.addLast(new Drip(next.socket(), next.said() + 1));
            }
        }
    }

    /// Shakes hands to the end, with a certificate that is not accepted, and hears the refusal out.
    final class Impostor implements Attacker {
        private final int port;
        private final SSLContext context;

        Impostor(int port, Identity shown) {
            this.port = port;
            this.context = HostileLink.context(shown);
        }

        @Override
        public void once() throws IOException {
            try (HostileLink link = HostileLink.open(context, Arsenal.anySource(), port)) {
                link.hearOut();
            }
        }
    }

    /// Comes in by an accepted certificate, says something that has them sent away, hears that out, and comes again.
    final class Babbler implements Attacker {
        private final int port;
        private final InetAddress from;
        private final SSLContext context;
        private final Supplier<byte[]> said;
        private final boolean leaves;

        /// @param leaves in the middle of it, without waiting to be sent away
        Babbler(Arsenal arsenal, int member, Supplier<byte[]> said, boolean leaves) {
            this.port = arsenal.port();
            this.from = Arsenal.home(member);
            this.context = HostileLink.context(arsenal.members().get(member));
            this.said = said;
            this.leaves = leaves;
        }

        @Override
        public void once() throws IOException {
            try (HostileLink link = HostileLink.open(context, from, port).greet()) {
                link.say(said.get());
                if (!leaves) {
                    link.hearOut();
                }
            }
        }
    }

    /// Comes in by an accepted certificate, and says one thing after the other, as fast as it is taken.
    final class Flooder implements Attacker {
        private final int port;
        private final InetAddress from;
        private final SSLContext context;
        private final Supplier<byte[]> said;
        private final boolean deaf;
        private @Nullable HostileLink link;

        /// @param deaf never reads
        Flooder(Arsenal arsenal, int member, Supplier<byte[]> said, boolean deaf) {
            this.port = arsenal.port();
            this.from = Arsenal.home(member);
            this.context = HostileLink.context(arsenal.members().get(member));
            this.said = said;
            this.deaf = deaf;
        }

        @Override
        public void once() throws IOException {
            HostileLink current = link == null ? connect() : link;
            try {
                current.say(said.get());
            } catch (IOException e) {
                link = null;
                current.close();
                throw e;
            }
        }

        private HostileLink connect() throws IOException {
            HostileLink made = HostileLink.open(context, from, port).greet();
            if (!deaf) {
                made.listen();
            }
            link = made;
            return made;
        }
    }

    /// As the [Flooder], but each octet in a TLS record of its own.
    final class Splitter implements Attacker {
        private final int port;
        private final InetAddress from;
        private final SSLContext context;
        private final Supplier<byte[]> said;
        private @Nullable HostileLink link;

        Splitter(Arsenal arsenal, int member, Supplier<byte[]> said) {
            this.port = arsenal.port();
            this.from = Arsenal.home(member);
            this.context = HostileLink.context(arsenal.members().get(member));
            this.said = said;
        }

        @Override
        public void once() throws IOException {
            HostileLink current = link;
            if (current == null) {
                current = HostileLink.open(context, from, port).greet();
                current.listen();
                link = current;
            }
            try {
                for (byte octet : said.get()) {
                    current.out().write(octet);
                }
            } catch (IOException e) {
                link = null;
                current.close();
                throw e;
            }
        }
    }

    /// What a browser says.
    byte[] HTTP = "GET / HTTP/1.1\r\nHost: relay\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
}
