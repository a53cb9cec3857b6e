package org.chancery.server.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.FileId;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.MalformedNameException;

/// What stands in front of a file's octets, in one sector of the disk:
///
/// ```
///   0  "CHFILE1" 0                              (8 octets)
///   8  file id (16)  conversation (32)
///  56  length of the sealed file (8)  length of the address (2)  address (at most 254)
/// 480  octets on disk (8)  when the last came, in milliseconds (8)  1 if that is all, else 0 (1)
/// 497  CRC-32 over what is before (4)
/// 512  the sealed file
/// ```
///
/// What is from 480 on is written anew as the file grows, always after the octets that it speaks of.
///
/// @param from whose device uploads it
/// @param length of the sealed file
record FileHeader(FileId file, ConversationId conversation, Address from, long length) {

    /// Octets of a header.
    static final int BYTES = 512;

    private static final byte[] MAGIC = "CHFILE1\0".getBytes(StandardCharsets.US_ASCII);
    private static final int ADDRESS = 66;
    private static final int PROGRESS = 480;
    private static final int CHECK = 497;
    private static final int MAX_ADDRESS = 254;

    /// How far a file has come.
    ///
    /// @param committed octets on disk
    /// @param at when the last of them came
    /// @param whole whether others may have it
    record Progress(long committed, Instant at, boolean whole) {}

    /// A header as it was found.
    record Found(FileHeader header, Progress progress) {}

    ByteBuffer encode(Progress progress) {
        byte[] address = from.value().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer octets = ByteBuffer.allocate(BYTES)
                .put(MAGIC)
                .put(file.bytes())
                .put(conversation.bytes())
                .putLong(length)
                .putShort((short) address.length)
                .put(address);
        octets.position(PROGRESS)
                .putLong(progress.committed())
                .putLong(progress.at().toEpochMilli())
                .put((byte) (progress.whole() ? 1 : 0))
                .putInt(check(octets.array()));
        return octets.clear();
    }

    /// Empty for what is no header, or was only half written.
    static Optional<Found> decode(byte[] octets) {
        ByteBuffer in = ByteBuffer.wrap(octets);
        byte[] magic = new byte[MAGIC.length];
        in.get(magic);
        if (!Arrays.equals(magic, MAGIC) || in.getInt(CHECK) != check(octets)) {
            return Optional.empty();
        }
        byte[] file = new byte[FileId.BYTES];
        byte[] conversation = new byte[ConversationId.BYTES];
        in.get(file).get(conversation);
        long length = in.getLong();
        int address = in.getShort();
        if (address < 1 || address > MAX_ADDRESS) {
            return Optional.empty();
        }
        try {
            FileHeader header = new FileHeader(
                    FileId.ofBytes(file),
                    ConversationId.ofBytes(conversation),
                    Address.parseCanonical(new String(octets, ADDRESS, address, StandardCharsets.US_ASCII)),
                    length);
            in.position(PROGRESS);
            Progress progress = new Progress(in.getLong(), Instant.ofEpochMilli(in.getLong()), in.get() == 1);
            boolean possible = progress.committed() >= 0
                    && progress.committed() <= length
                    && (!progress.whole() || progress.committed() == length);
            return possible ? Optional.of(new Found(header, progress)) : Optional.empty();
        } catch (MalformedNameException e) {
            return Optional.empty();
        }
    }

    private static int check(byte[] octets) {
        CRC32 crc = new CRC32();
        crc.update(octets, 0, CHECK);
        return (int) crc.getValue();
    }
}
