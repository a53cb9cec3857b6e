package org.chancery.bench.relay;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.List;

/// The protocol of nats-server.
final class Nats implements Dialect {

    private static final byte[] HELLO =
            Octets.ascii("CONNECT {\"verbose\":false,\"pedantic\":false,\"tls_required\":true,"
                    + "\"lang\":\"bench\",\"version\":\"1\",\"protocol\":1,\"echo\":false}\r\nPING\r\n");
    private static final byte[] PONG = Octets.ascii("PONG\r\n");
    private static final String STREAM = """
            {"name":"S","subjects":["t.*"],"retention":"limits","storage":"file","num_replicas":1,"max_consumers":-1,\
            "max_msgs":-1,"max_bytes":-1,"max_age":0,"discard":"old"}""";

    /// Everything goes into a JetStream, which answers.
    private final boolean durable;

    Nats(boolean durable) {
        this.durable = durable;
    }

    /// Its greeting.
    @Override
    public void beforeTls(Socket plain) throws IOException {
        InputStream in = plain.getInputStream();
        int octet;
        do {
            octet = in.read();
        } while (octet >= 0 && octet != '\n');
    }

    @Override
    public void login(Link link) throws IOException {
        link.write(HELLO);
        awaitPong(link);
    }

    private static void awaitPong(Link link) throws IOException {
        String line;
        do {
            line = link.line();
            if (line.startsWith("-")) {
                throw new IOException(line);
            }
        } while (!line.startsWith("PONG"));
    }

    @Override
    public Writer conversation(Link sender, List<Link> readers, int topic) throws IOException {
        if (durable) {
            link(sender, "answers");
            sender.write(
                    Octets.ascii("PUB $JS.API.STREAM.CREATE.S answers " + STREAM.length() + "\r\n" + STREAM + "\r\n"));
            sender.line();
            String created = sender.line();
            if (created.contains("\"error\"")) {
                throw new IOException(created);
            }
        } else {
            for (Link reader : readers) {
                link(reader, "t." + topic);
            }
        }
        byte[] frame = Octets.joined(
                Octets.ascii("PUB t." + topic + (durable ? " answers " : " ") + Octets.PAYLOAD + "\r\n"),
                Octets.payload(),
                Octets.ascii("\r\n"));
        int stamp = frame.length - 2 - Octets.PAYLOAD;
        return now -> {
            Octets.stamp(frame, stamp, now);
            return frame;
        };
    }

    private static void link(Link reader, String subject) throws IOException {
        reader.write(Octets.ascii("SUB " + subject + " 1\r\nPING\r\n"));
        awaitPong(reader);
    }

    @Override
    public void understand(Link link) throws IOException {
        byte[] octets = link.buffer;
        while (true) {
            int end = link.from;
            while (end < link.to && octets[end] != '\n') {
                end++;
            }
            if (end >= link.to) {
                return;
            }
            if (octets[link.from] == 'M') {
                int length = 0;
                int unit = 1;
                for (int at = end - 2; octets[at] >= '0' && octets[at] <= '9'; at--) {
                    length += (octets[at] - '0') * unit;
                    unit *= 10;
                }
                if (end + 1 + length + 2 > link.to) {
                    return;
                }
                if (octets[end + 1] == '{') {
                    link.answers.release();
                } else {
                    link.message(Octets.unstamp(octets, end + 1));
                }
                link.from = end + 1 + length + 2;
            } else {
                if (octets[link.from] == 'P' && octets[link.from + 1] == 'I') {
                    link.write(PONG);
                }
                if (octets[link.from] == '-') {
                    throw new IOException(new String(
                            octets, link.from, end - link.from, java.nio.charset.StandardCharsets.ISO_8859_1));
                }
                link.from = end + 1;
            }
        }
    }
}
