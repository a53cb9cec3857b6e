package org.chancery.pki.envelope;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;

/// Structures of the right form that no key has touched.
final class Samples {
    private Samples() {}

    static LetterHeader header(long counter) {
        return new LetterHeader(
                LetterHeader.VERSION,
                new ConversationId("c0".repeat(32)),
                device(1),
                new byte[32],
                new ChainId("11".repeat(16)),
                counter,
                new byte[32]);
    }

    static Letter letter() {
        return new Letter(header(1), new byte[12], new byte[100], new byte[16]);
    }

    static DeviceId device(int number) {
        return new DeviceId(HexFormat.of().toHexDigits(number, 2).repeat(32));
    }

    static Wrap wrap(int device) {
        return new Wrap(device(device), device, new KeyTransRecipient(new byte[20], new byte[256]).der());
    }

    static SealBody body(List<SealMember> members, int... devices) {
        List<Wrap> wraps = new ArrayList<>();
        for (int device : devices) {
            wraps.add(wrap(device));
        }
        return new SealBody(new ConversationId("c0".repeat(32)), device(1), members, wraps);
    }

    static Address address(String name) {
        return new Address(name + "@lab.example");
    }

    /// With a chain.
    static SealMember member(String name) {
        return SealMember.at(address(name), Digest.over(name.getBytes(StandardCharsets.US_ASCII)));
    }
}
