package org.chancery.client.store;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.chancery.pki.name.Address;

/// Writes the body of one record: a version octet, then fields in the order that its table gives them.
///
/// Numbers are big-endian; texts and octets are preceded by a four-octet length; an optional field by 0 or 1.
final class RecordWriter {
    private static final int VERSION = 1;

    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(octets);

    RecordWriter() {
        write(() -> out.writeByte(VERSION));
    }

    RecordWriter number(long value) {
        write(() -> out.writeLong(value));
        return this;
    }

    RecordWriter flag(boolean value) {
        write(() -> out.writeBoolean(value));
        return this;
    }

    RecordWriter octets(byte[] value) {
        write(() -> {
            out.writeInt(value.length);
            out.write(value);
        });
        return this;
    }

    RecordWriter text(String value) {
        return octets(value.getBytes(StandardCharsets.UTF_8));
    }

    RecordWriter instant(Instant value) {
        return number(value.getEpochSecond()).number(value.getNano());
    }

    RecordWriter optionalText(Optional<String> value) {
        flag(value.isPresent());
        value.ifPresent(this::text);
        return this;
    }

    RecordWriter optionalOctets(Optional<byte[]> value) {
        flag(value.isPresent());
        value.ifPresent(this::octets);
        return this;
    }

    RecordWriter party(Party party) {
        return octets(party.conversation().bytes()).optionalText(party.person().map(Address::value));
    }

    RecordWriter optionalInstant(Optional<Instant> value) {
        flag(value.isPresent());
        value.ifPresent(this::instant);
        return this;
    }

    byte[] body() {
        return octets.toByteArray();
    }

    private static void write(Field field) {
        try {
            field.write();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
    }

    private interface Field {
        void write() throws IOException;
    }
}
