package org.chancery.pki.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.chancery.pki.name.Address;
import org.junit.jupiter.api.Test;

final class SealTest {
    private final List<SealMember> members = List.of(Samples.member("alice"), Samples.member("bob"));
    private final Seal seal = new Seal(Samples.body(members, 1, 2), new byte[32]);

    @Test
    void parsesToTheSameOctets() throws Exception {
        Seal parsed = Seal.parse(seal.der());

        assertThat(parsed.der()).isEqualTo(seal.der());
        assertThat(parsed.id()).isEqualTo(seal.id()).hasSize(32);
        assertThat(parsed.members()).isEqualTo(members);
        assertThat(parsed.addresses())
                .extracting(Address::value)
                .containsExactly("alice@lab.example", "bob@lab.example");
        assertThat(parsed.wraps()).isEqualTo(seal.wraps());
        assertThat(parsed.sender()).isEqualTo(Samples.device(1));
        assertThat(parsed.conversation()).isEqualTo(seal.conversation());
    }

    @Test
    void aRoomsSealNamesItsMembership() throws Exception {
        byte[] head = new byte[32];
        head[0] = 1;
        Seal rooms =
                new Seal(new SealBody(seal.conversation(), seal.sender(), head, members, seal.wraps()), new byte[32]);
        Seal parsed = Seal.parse(rooms.der());

        assertThat(parsed.der()).isEqualTo(rooms.der());
        assertThat(parsed.membershipHead()).isEqualTo(head);
        assertThat(parsed.id()).isNotEqualTo(seal.id());
        assertThat(Seal.parse(seal.der()).membershipHead()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new SealBody(seal.conversation(), seal.sender(), new byte[31], members, seal.wraps()));
    }

    @Test
    void idCoversMembersAndWrapsButNotTheCommitment() {
        byte[] id = seal.id();

        assertThat(Samples.body(members, 1).id()).isNotEqualTo(id);
        assertThat(Samples.body(members.subList(0, 1), 1, 2).id()).isNotEqualTo(id);
        assertThat(new Seal(Samples.body(members, 1, 2), new byte[] {
                            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25,
                            26, 27, 28, 29, 30, 31, 32
                        })
                        .id())
                .isEqualTo(id);
    }

    @Test
    void namesWhereEveryChainStoodAndWhichKeysAreWrappedFor() throws Exception {
        List<SealMember> one =
                List.of(SealMember.withoutChain(members.getFirst().address()), members.getLast());
        Seal parsed = Seal.parse(new Seal(Samples.body(one, 1, 2), new byte[32]).der());

        assertThat(parsed.members()).isEqualTo(one);
        assertThat(parsed.id()).isNotEqualTo(seal.id());
        assertThat(parsed.wraps()).extracting(Wrap::keyNumber).containsExactly(1, 2);
        Wrap other = new Wrap(Samples.device(1), 7, seal.wraps().getFirst().recipientInfoDer());
        assertThat(new SealBody(seal.conversation(), seal.sender(), members, List.of(other)).id())
                .isNotEqualTo(Samples.body(members, 1).id());
    }

    @Test
    void isAsItIsDrawn() throws Exception {
        Seal small = new Seal(
                new SealBody(
                        seal.conversation(),
                        seal.sender(),
                        List.of(SealMember.withoutChain(new Address("a@b.example"))),
                        List.of(Samples.wrap(2))),
                new byte[32]);
        String body = "020103" + "0420" + "c0".repeat(32) + "0420" + "01".repeat(32) + "0400" // no membership
                + "3011" + "300f" + "0c0b" + "6140622e6578616d706c65" + "0400" // one member
                + "30820188" + "30820184" + "0420" + "02".repeat(32) + "020102"; // one wrap, and its recipient

        assertThat(HexFormat.of().formatHex(small.der())).contains(body);
    }

    @Test
    void refusesOtherVersions() {
        for (int version : new int[] {1, 2, 4}) {
            byte[] der = replaced(seal.der(), "\u0002\u0001\u0003\u0004 ", "\u0002\u0001" + (char) version + "\u0004 ");

            assertThatExceptionOfType(MalformedEnvelopeException.class).isThrownBy(() -> Seal.parse(der));
        }
    }

    @Test
    void refusesANumberBelowZero() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Wrap(Samples.device(1), -1, new byte[0]));
    }

    @Test
    void refusesDevicesOrMembersTwiceOrOutOfOrder() {
        assertThatIllegalArgumentException().isThrownBy(() -> Samples.body(members, 2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Samples.body(members, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Samples.body(members.reversed(), 1));
    }

    @Test
    void refusesNobody() {
        assertThatIllegalArgumentException().isThrownBy(() -> Samples.body(members));
        assertThatIllegalArgumentException().isThrownBy(() -> Samples.body(List.of(), 1));
    }

    @Test
    void refusesMoreMembersThanARoomHolds() {
        List<SealMember> tooMany = IntStream.rangeClosed(0, SealBody.MAX_MEMBERS)
                .mapToObj(i -> Samples.member("m" + (10_000 + i)))
                .toList();

        assertThatIllegalArgumentException().isThrownBy(() -> Samples.body(tooMany, 1));
    }

    @Test
    void refusesAnAddressThatIsNotCanonical() {
        byte[] der = replaced(seal.der(), "bob@lab.example", "Bob@lab.example");

        assertThatExceptionOfType(MalformedEnvelopeException.class).isThrownBy(() -> Seal.parse(der));
    }

    @Test
    void refusesAWrapThatIsNoRecipient() {
        Wrap nothing = new Wrap(Samples.device(1), 1, new byte[] {5, 0});
        Seal bad = new Seal(new SealBody(seal.conversation(), seal.sender(), members, List.of(nothing)), new byte[32]);

        assertThatExceptionOfType(MalformedEnvelopeException.class).isThrownBy(() -> Seal.parse(bad.der()));
    }

    @Test
    void refusesMoreThanAMebibyte() {
        assertThatExceptionOfType(MalformedEnvelopeException.class)
                .isThrownBy(() -> Seal.parse(new byte[Seal.MAX_BYTES + 1]));
    }

    private static byte[] replaced(byte[] octets, String from, String to) {
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        assertThat(text).contains(from);
        return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }
}
