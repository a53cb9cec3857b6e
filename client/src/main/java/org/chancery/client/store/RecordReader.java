package org.chancery.client.store;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.MalformedNameException;

/// Reads what [RecordWriter] wrote. The bytes are authentic, so a failure here is a version from elsewhere or our bug;
/// either way it is named, and nothing is allocated before a length has been held against what is there.
final class RecordReader {
    private static final byte VERSION = 1;

    private final ByteBuffer in;

    RecordReader(byte[] body) throws StoreException {
        in = ByteBuffer.wrap(body);
        if (body.length == 0 || in.get() != VERSION) {
            throw new StoreException(StoreFailure.UNSUPPORTED, "a record of another version than " + VERSION, null);
        }
    }

    long number() throws StoreException {
        try {
            return in.getLong();
        } catch (BufferUnderflowException e) {
            throw StoreException.damaged("a record ends within a number", e);
        }
    }

    boolean flag() throws StoreException {
        try {
            return in.get() != 0;
        } catch (BufferUnderflowException e) {
            throw StoreException.damaged("a record ends before a flag", e);
        }
    }

    byte[] octets() throws StoreException {
        try {
            int length = in.getInt();
            if (length < 0 || length > in.remaining()) {
                throw StoreException.damaged("a field of " + length + " octets in " + in.remaining(), null);
            }
            byte[] value = new byte[length];
            in.get(value);
            return value;
        } catch (BufferUnderflowException e) {
            throw StoreException.damaged("a record ends within a length", e);
        }
    }

    String text() throws StoreException {
        return new String(octets(), StandardCharsets.UTF_8);
    }

    Instant instant() throws StoreException {
        try {
            return Instant.ofEpochSecond(number(), number());
        } catch (DateTimeException | ArithmeticException e) {
            throw StoreException.damaged("a record holds no point of time where one belongs", e);
        }
    }

    Optional<String> optionalText() throws StoreException {
        return flag() ? Optional.of(text()) : Optional.empty();
    }

    Optional<byte[]> optionalOctets() throws StoreException {
        return flag() ? Optional.of(octets()) : Optional.empty();
    }

    Party party() throws StoreException, MalformedNameException {
        ConversationId id = ConversationId.ofBytes(octets());
        Optional<String> person = optionalText();
        return new Party(id, person.isPresent() ? Optional.of(Address.parseCanonical(person.get())) : Optional.empty());
    }

    Optional<Instant> optionalInstant() throws StoreException {
        return flag() ? Optional.of(instant()) : Optional.empty();
    }
}
