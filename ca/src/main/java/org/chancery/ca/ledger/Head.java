package org.chancery.ca.ledger;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The newest act of a record and the hash that stands for it and for all before it.
///
/// The hash of an act is the SHA-256 of, in this order:
///
/// | what | octets |
/// | --- | --- |
/// | the hash of the act before; of the first, zeros | 32 |
/// | its sequence, from 1 | 8, big-endian |
/// | its time, seconds since 1970 | 8, big-endian |
/// | kind, subject, facts ([FactText]); a subject it does not have is empty | 4 for the length, then UTF-8; each |
///
/// @param sequence how many acts there are; 0 for none
/// @param hash 64 lower-case hex digits
public record Head(long sequence, String hash) {
    static final Head NONE = new Head(0, "0".repeat(64));

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    /// How long every line is, so that the next overwrites the one before: 18 digits at most, blank, hash, end.
    static final int LINE_OCTETS = 18 + 1 + 64 + 1;

    private static final Pattern LINE = Pattern.compile("([0-9]{1,18}) ([0-9a-f]{64}) *\n");

    /// False if somebody wrote something else in its place: nothing can follow it.
    boolean isHash() {
        return HASH.matcher(hash).matches();
    }

    /// The head after one more act.
    ///
    /// @throws IllegalArgumentException if this [is none][#isHash]
    Head then(Instant at, String kind, String subject, String facts) {
        if (!isHash()) {
            throw new IllegalArgumentException("no hash: " + sequence);
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(octets)) {
            out.write(HexFormat.of().parseHex(hash));
            out.writeLong(sequence + 1);
            out.writeLong(at.getEpochSecond());
            for (String text : new String[] {kind, subject, facts}) {
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                out.writeInt(utf8.length);
                out.write(utf8);
            }
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory", e);
        }
        return new Head(sequence + 1, Sha256.hex(octets.toByteArray()));
    }

    /// As a file keeps it: the sequence, a blank, the hash, then blanks up to the length of every line.
    String line() {
        String words = sequence + " " + hash;
        return words + " ".repeat(LINE_OCTETS - 1 - words.length()) + "\n";
    }

    /// Reads such a line.
    ///
    /// @throws IllegalArgumentException if it is none
    static Head parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a sequence and a hash");
        }
        return new Head(Long.parseLong(matcher.group(1)), matcher.group(2));
    }
}
