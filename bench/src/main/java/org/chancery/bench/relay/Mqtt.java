package org.chancery.bench.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/// MQTT 3.1.1.
final class Mqtt implements Dialect {

    private static final int CONNECT = 0x10;
    private static final int CONNACK = 0x20;
    private static final int PUBLISH = 0x30;
    private static final int PUBACK = 0x40;
    private static final int SUBSCRIBE = 0x82;
    private static final int SUBACK = 0x90;

    /// Quality of service 1 for everything, and sessions that outlive their connections.
    private final boolean durable;

    Mqtt(boolean durable) {
        this.durable = durable;
    }

    @Override
    public void login(Link link) throws IOException {
        byte[] protocol = new byte[] {4, (byte) (durable ? 0 : 2), 0, 0};
        link.write(packet(CONNECT, text("MQTT"), protocol, text("c" + link.person)));
        link.need(4);
        if ((link.buffer[link.from] & 0xff) != CONNACK || link.buffer[link.from + 3] != 0) {
            throw new IOException("not let in: " + link.buffer[link.from + 3]);
        }
        link.from += 4;
    }

    @Override
    public Writer conversation(Link sender, List<Link> readers, int topic) throws IOException {
        for (Link reader : readers) {
            reader.write(
                    packet(SUBSCRIBE, new byte[] {0, 1}, text("t/" + topic), new byte[] {(byte) (durable ? 1 : 0)}));
            reader.need(5);
            if ((reader.buffer[reader.from] & 0xff) != SUBACK) {
                throw new IOException("not subscribed");
            }
            reader.from += 5;
        }
        byte[] frame = durable
                ? packet(PUBLISH | 2, text("t/" + topic), new byte[] {0, 1}, Octets.payload())
                : packet(PUBLISH, text("t/" + topic), Octets.payload());
        int stamp = frame.length - Octets.PAYLOAD;
        int[] count = {0};
        return now -> {
            Octets.stamp(frame, stamp, now);
            if (durable) {
                int id = count[0]++ % 60_000 + 1;
                frame[stamp - 2] = (byte) (id >> 8);
                frame[stamp - 1] = (byte) id;
            }
            return frame;
        };
    }

    @Override
    public void understand(Link link) throws IOException {
        byte[] octets = link.buffer;
        while (true) {
            int at = link.from + 1;
            int length = 0;
            int shift = 0;
            boolean more = true;
            while (more) {
                if (at >= link.to) {
                    return;
                }
                length |= (octets[at] & 0x7f) << shift;
                shift += 7;
                more = octets[at++] < 0;
            }
            if (at + length > link.to) {
                return;
            }
            int kind = octets[link.from] & 0xf0;
            if (kind == PUBLISH) {
                int body = at + 2 + Octets.u16(octets, at);
                if ((octets[link.from] & 6) != 0) {
                    link.write(new byte[] {PUBACK, 2, octets[body], octets[body + 1]});
                    body += 2;
                }
                link.message(Octets.unstamp(octets, body));
            } else if (kind == PUBACK) {
                link.answers.release();
            }
            link.from = at + length;
        }
    }

    private static byte[] packet(int kind, byte[]... parts) {
        byte[] body = Octets.joined(parts);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(kind);
        int left = body.length;
        do {
            int digit = left & 0x7f;
            left >>= 7;
            out.write(left > 0 ? digit | 0x80 : digit);
        } while (left > 0);
        out.writeBytes(body);
        return out.toByteArray();
    }

    private static byte[] text(String value) {
        byte[] octets = Octets.ascii(value);
        return Octets.joined(new byte[] {(byte) (octets.length >> 8), (byte) octets.length}, octets);
    }
}
