package org.chancery.protocol.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;

/// What a new device and an old one of the same person both show before the old one lets the new one join: if
/// the words are the same, both mean the same key and the same chain, and nobody stands between them.
///
/// ```
/// SHA-256("chancery six words v1", 0, address, 0, hash of the chain's first entry, device id)
/// ```
///
/// Its first 66 bits, most significant first, are six numbers of eleven bits, each the place of a word in
/// `words.txt`. Somebody who wants their key taken for another's has to make some 2^66 keys.
///
/// @param words six of the list
public record SixWords(List<String> words) {

    /// Words that each of the six is one of.
    static final List<String> LIST = read();

    private static final String LABEL = "chancery six words v1\0";
    private static final int COUNT = 6;
    private static final int BITS = 11;

    /// @throws IllegalArgumentException unless there are six words of the list
    public SixWords {
        words = List.copyOf(words);
        if (words.size() != COUNT || !LIST.containsAll(words)) {
            throw new IllegalArgumentException("not six words of the list");
        }
    }

    /// The words for a device that wants to join a chain.
    ///
    /// @param first hash of the chain's first entry
    public static SixWords of(Address address, Digest first, DeviceId device) {
        byte[] hash = Digest.over(
                        LABEL.getBytes(StandardCharsets.US_ASCII),
                        (address.value() + '\0').getBytes(StandardCharsets.US_ASCII),
                        first.bytes(),
                        device.bytes())
                .bytes();
        List<String> words = new ArrayList<>();
        for (int word = 0; word < COUNT; word++) {
            words.add(LIST.get(number(hash, word * BITS)));
        }
        return new SixWords(words);
    }

    private static int number(byte[] hash, int firstBit) {
        int number = 0;
        for (int bit = firstBit; bit < firstBit + BITS; bit++) {
            int shift = Byte.SIZE - 1 - bit % Byte.SIZE;
            number = (number << 1) | ((hash[bit / Byte.SIZE] >> shift) & 1);
        }
        return number;
    }

    /// Whether somebody has typed these words: in any case, with anything but letters between them, each of them
    /// whole or from its first four letters on, which no two words of the list share.
    public boolean areTyped(String text) {
        List<String> typed = List.of(text.toLowerCase(Locale.ROOT).strip().split("[^a-z]+"));
        if (typed.size() != COUNT) {
            return false;
        }
        for (int word = 0; word < COUNT; word++) {
            boolean same = typed.get(word).length() >= 4 && words.get(word).startsWith(typed.get(word));
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static List<String> read() {
        try (InputStream in = SixWords.class.getResourceAsStream("words.txt")) {
            if (in == null) {
                throw new IllegalStateException("words.txt is missing in this program");
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("words.txt cannot be read", e);
        }
    }

    @Override
    public String toString() {
        return words.stream().collect(Collectors.joining(" "));
    }
}
