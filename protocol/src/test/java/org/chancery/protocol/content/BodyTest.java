package org.chancery.protocol.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.FileId;
import org.chancery.pki.envelope.FileKey;
import org.chancery.pki.envelope.FileShape;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.testing.Mutations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {
    static final List<Body> BODIES = SampleBodies.ALL;

    private static final DeviceId DEVICE = new DeviceId("d1".repeat(32));
    private static final ChainId CHAIN = new ChainId("c1".repeat(16));
    private static final MessageReference TARGET = new MessageReference(DEVICE, CHAIN, 7);
    private static final Address BOB = new Address("bob@lab.example");
    private static final ConversationId CONVERSATION = new ConversationId("c0".repeat(32));

    private static Content content(Body body) {
        return new Content(
                CONVERSATION,
                Optional.empty(),
                CHAIN,
                1,
                new byte[0],
                0,
                new byte[0],
                new byte[0],
                0,
                Instant.EPOCH,
                body);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(one);
        both.writeBytes(other);
        return both.toByteArray();
    }

    private static void isRefused(ThrowingCallable making) {
        assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class);
    }

    private static void isMalformed(byte[] octets) {
        assertThatThrownBy(() -> Body.decode(octets))
                .isInstanceOfSatisfying(
                        ContentException.class, e -> assertThat(e.failure()).isEqualTo(ContentFailure.MALFORMED));
    }

    @Test
    void samplesAreOfEveryKind() {
        assertThat(BODIES).hasAtLeastOneElementOfType(Body.Text.class);
        assertThat(BODIES.stream().map(Object::getClass).distinct().toList())
                .hasSameSizeAs(kinds(Body.class).toList());
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isInterface() ? Stream.of(type.getPermittedSubclasses()).flatMap(BodyTest::kinds) : Stream.of(type);
    }

    @ParameterizedTest
    @FieldSource("BODIES")
    void decodesWhatItEncodes(Body body) throws Exception {
        assertThat(Body.decode(body.encode())).isEqualTo(body).hasSameHashCodeAs(body);
        assertThat(Content.decode(content(body).encode()).body()).isEqualTo(body);
    }

    @ParameterizedTest
    @FieldSource("BODIES")
    void damagedOctetsAreAnotherBodyOrNone(Body body) {
        Mutations.of(body.encode()).forEach(BodyTest::sameOrRefused);
    }

    /// What protobuf readers take without a word: the field twice, others beside it, numbers in long form.
    @ParameterizedTest
    @FieldSource("BODIES")
    void hasOneEncoding(Body body) {
        byte[] octets = body.encode();
        isMalformed(joined(octets, octets));
        isMalformed(joined(octets, new Body.Text("hello, too").encode()));
        isMalformed(joined(octets, new Body.Unknown(200, new byte[] {1}).encode()));
        isMalformed(joined(new byte[] {0x18, 1}, octets)); // the counter of a content
        isMalformed(joined(octets, new byte[] {(byte) 0x88, 1, 1})); // field 17, a number
    }

    @Test
    void survivesNoise() {
        Random random = new Random(20261127);
        for (int i = 0; i < 50_000; i++) {
            byte[] noise = new byte[random.nextInt(60)];
            random.nextBytes(noise);
            if (noise.length > 1) { // a tag that may be one, so that something is looked at
                noise[0] = (byte) (0x82 + 8 * random.nextInt(10));
                noise[1] = 1;
            }
            sameOrRefused(noise);
        }
    }

    private static void sameOrRefused(byte[] octets) {
        try {
            assertThat(Body.decode(octets).encode()).isEqualTo(octets);
        } catch (ContentException e) {
            assertThat(e.failure()).isIn(ContentFailure.MALFORMED, ContentFailure.NO_BODY);
        }
    }

    @Test
    void refusesMoreThanAnyBodyHas() {
        assertThatThrownBy(() -> Body.decode(new byte[BodyCodec.LONGEST + 1]))
                .isInstanceOfSatisfying(
                        ContentException.class, e -> assertThat(e.failure()).isEqualTo(ContentFailure.TOO_LARGE));
    }

    /// The longest that the constructors let through is what one content can hold.
    @Test
    void longestOfEachKindFits() throws Exception {
        String longest = "\u20AC".repeat(Body.Text.MAX_CHARACTERS);
        Address address = new Address("a".repeat(60) + "@" + "b".repeat(60) + ".example");
        List<Mention> mentions = IntStream.range(0, Body.Text.MAX_MENTIONS)
                .mapToObj(i -> new Mention(i, 1, address))
                .toList();
        SyncItem block = new SyncItem.Block(address, false);
        List<SyncItem> items = new ArrayList<>(Collections.nCopies(Body.Sync.MAX_ITEMS - 1, block));
        items.add(new SyncItem.Draft(CONVERSATION, longest));
        for (Body body : List.of(
                new Body.Text(longest, mentions, Optional.of(TARGET)),
                new Body.Edit(TARGET, longest, mentions),
                file("\u20AC".repeat(Body.File.MAX_NAME), "a".repeat(63) + "/" + "b".repeat(63), longest),
                new Body.Resend(new byte[Body.Resend.MAX_OCTETS], Instant.ofEpochMilli(Long.MAX_VALUE), Long.MAX_VALUE),
                new Body.Sync(items),
                new Body.Unknown(Body.Unknown.LAST_FIELD, new byte[Body.Unknown.MAX_OCTETS]))) {
            assertThat(body.encode()).hasSizeLessThanOrEqualTo(BodyCodec.LONGEST);
            assertThat(Body.decode(body.encode())).isEqualTo(body);
            assertThat(Content.decode(content(body).encode()).body()).isEqualTo(body);
        }
    }

    private static Body.File file(String name, String mediaType, String text) {
        return new Body.File(
                FileId.ofBytes(new byte[16]),
                FileKey.ofBytes(new byte[32]),
                FileShape.of(FileShape.MAX_LENGTH),
                Digest.NONE,
                name,
                mediaType,
                text);
    }

    @Test
    void filesHaveANameAndAType() {
        isRefused(() -> file(" ", "text/plain", ""));
        isRefused(() -> file("n".repeat(256), "text/plain", ""));
        isRefused(() -> file("n", "text/plain", "t".repeat(Body.Text.MAX_CHARACTERS + 1)));
        for (String none : List.of("", "text", "Text/plain", "text/", "/plain", "text/plain; a=b", "text/pl\nain")) {
            isRefused(() -> file("n", none, ""));
        }
    }

    @Test
    void tellsNothingOfAFileButItsLength() {
        assertThat(file("n", "text/plain", "t")).hasToString("File[1073741824 octets]");
    }

    /// Signed, the longest text can be handed on: signature and attributes are below 2 KiB.
    @Test
    void everyTextFitsAResend() throws Exception {
        Body longest = new Body.Text("\u20AC".repeat(Body.Text.MAX_CHARACTERS));
        assertThat(content(longest).encode().length + 2048).isLessThan(Body.Resend.MAX_OCTETS);
    }

    @Test
    void keepsWhatItDoesNotKnow() throws Exception {
        byte[] letter = {(byte) 0x9A, 6, 3, 10, 1, 65}; // field 99
        assertThat(Body.decode(letter)).isEqualTo(new Body.Unknown(99, new byte[] {10, 1, 65}));
        byte[] number = {(byte) 0x98, 6, 3}; // field 99 again, a number: no message, so no body
        assertThatThrownBy(() -> Body.decode(number)).isInstanceOf(ContentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 17, 25, 256})
    void unknownIsWhatCannotBeKnown(int field) {
        isRefused(() -> new Body.Unknown(field, new byte[1]));
    }

    @Test
    void textsHaveBounds() {
        isRefused(() -> new Body.Text(" \n"));
        isRefused(() -> new Body.Text("x".repeat(Body.Text.MAX_CHARACTERS + 1)));
        isRefused(() -> new Body.Text("\uD83D"));
        isRefused(() -> new Body.Text("\uDE00\uD83D"));
        isRefused(() -> new Body.Edit(TARGET, "", List.of()));
        isRefused(() -> new SyncItem.Draft(CONVERSATION, "x".repeat(Body.Text.MAX_CHARACTERS + 1)));
    }

    @Test
    void mentionsAreOfTheirText() {
        isRefused(() -> new Mention(-1, 2, BOB));
        isRefused(() -> new Mention(0, 0, BOB));
        isRefused(() -> new Mention(Integer.MAX_VALUE, Integer.MAX_VALUE, BOB));
        isRefused(() -> mentioning("bob", new Mention(1, 3, BOB)));
        isRefused(() -> mentioning("bob bob", new Mention(4, 3, BOB), new Mention(0, 3, BOB)));
        isRefused(() -> mentioning("bob bob", new Mention(0, 4, BOB), new Mention(3, 2, BOB)));
        isRefused(() -> mentioning("\uD83D\uDE00", new Mention(0, 1, BOB)));
        isRefused(() -> mentioning("\uD83D\uDE00", new Mention(1, 1, BOB)));
        assertThat(mentioning("\uD83D\uDE00b", new Mention(0, 2, BOB), new Mention(2, 1, BOB))
                        .mentions())
                .hasSize(2);
        Mention[] many = IntStream.rangeClosed(0, Body.Text.MAX_MENTIONS)
                .mapToObj(i -> new Mention(i, 1, BOB))
                .toArray(Mention[]::new);
        isRefused(() -> mentioning("b".repeat(100), many));
    }

    private static Body.Text mentioning(String text, Mention... mentions) {
        return new Body.Text(text, List.of(mentions), Optional.empty());
    }

    /// Thumb up; with a skin tone; a family; a flag of two letters; one of tags; a keycap; a heart; a letter.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uD83D\uDC4D",
                "\uD83D\uDC4D\uD83C\uDFFF",
                "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
                "\uD83C\uDDE6\uD83C\uDDF9",
                "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC73\uDB40\uDC63\uDB40\uDC74\uDB40\uDC7F",
                "1\uFE0F\u20E3",
                "\u2764\uFE0F",
                "e\u0301"
            })
    void reactionIsOneCharacter(String emoji) throws Exception {
        Body reaction = new Body.Reaction(TARGET, emoji, false);
        assertThat(Body.decode(reaction.encode())).isEqualTo(reaction);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", "\u0007", "\u200B", "\u202E", "\u0301", "ok", "\uD83D\uDC4D!", "\uD83D"})
    void reactionIsNothingElse(String text) {
        isRefused(() -> new Body.Reaction(TARGET, text, false));
    }

    @Test
    void reactionsAreShort() {
        isRefused(() -> new Body.Reaction(TARGET, "e" + "\u0301".repeat(Body.Reaction.MAX_CHARACTERS), false));
    }

    @Test
    void numbersHaveBounds() {
        isRefused(() -> new MessageReference(DEVICE, CHAIN, 0));
        isRefused(() -> new Body.ReadNote(0));
        isRefused(() -> new SyncItem.Read(CONVERSATION, -1));
        isRefused(() -> new Body.Ask(DEVICE, CHAIN, 0, 1));
        isRefused(() -> new Body.Ask(DEVICE, CHAIN, 1, 0));
        isRefused(() -> new Body.Ask(DEVICE, CHAIN, 1, Body.Ask.MAX_COUNT + 1));
        isRefused(() -> new Body.Ask(DEVICE, CHAIN, Long.MAX_VALUE, 2));
        isRefused(() -> new Body.Resend(new byte[0], Instant.EPOCH, 1));
        isRefused(() -> new Body.Resend(new byte[Body.Resend.MAX_OCTETS + 1], Instant.EPOCH, 1));
        isRefused(() -> new Body.Resend(new byte[1], Instant.EPOCH, 0));
        isRefused(() -> new Body.Sync(List.of()));
        isRefused(() -> new Body.Sync(Collections.nCopies(65, new SyncItem.Block(BOB, true))));
        SyncItem half = new SyncItem.Draft(CONVERSATION, "x".repeat(Body.Text.MAX_CHARACTERS / 2 + 1));
        isRefused(() -> new Body.Sync(List.of(half, half)));
    }

    @Test
    void octetsCannotBeChangedFromOutside() {
        byte[] octets = {1, 2, 3};
        Body.Resend resend = new Body.Resend(octets, Instant.EPOCH, 1);
        Body.Unknown unknown = new Body.Unknown(99, octets);
        octets[0] = 9;
        resend.signedDataDer()[1] = 9;
        unknown.octets()[1] = 9;
        assertThat(resend.signedDataDer()).containsExactly(1, 2, 3);
        assertThat(unknown.octets()).containsExactly(1, 2, 3);
    }

    @Test
    void showsNothingOfWhatIsSaid() {
        String secret = "dawn";
        List<Body> telling = List.of(
                new Body.Text(secret, List.of(new Mention(0, 4, new Address("dawn@lab.example"))), Optional.empty()),
                new Body.Edit(TARGET, secret, List.of()),
                new Body.Reaction(TARGET, "\uD83D\uDC4D", false),
                new Body.Sync(List.of(
                        new SyncItem.Draft(CONVERSATION, secret),
                        new SyncItem.Block(new Address("dawn@lab.example"), true))),
                new Body.Unknown(99, secret.getBytes(StandardCharsets.US_ASCII)));
        for (Body body : telling) {
            assertThat(body.toString()).doesNotContain(secret).doesNotContain("\uD83D\uDC4D");
            assertThat(content(body).toString()).doesNotContain(secret);
        }
        assertThat(new SyncItem.Draft(CONVERSATION, secret).toString()).doesNotContain(secret);
        assertThat(new SyncItem.Block(BOB, true).toString()).doesNotContain("bob");
    }

    /// An address in a mention is no matter for a log either.
    @Test
    void failuresSayNothingOfWhatIsSaid() {
        byte[] octets = mentioning("bob", new Mention(0, 3, BOB)).encode();
        int at = new String(octets, StandardCharsets.ISO_8859_1).indexOf("bob@");
        octets[at] = 'B';
        assertThatThrownBy(() -> Body.decode(octets))
                .isInstanceOf(ContentException.class)
                .hasMessageNotContainingAny("lab", "ob@");
    }
}
