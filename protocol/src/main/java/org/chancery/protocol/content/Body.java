package org.chancery.protocol.content;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.FileId;
import org.chancery.pki.envelope.FileKey;
import org.chancery.pki.envelope.FileShape;
import org.chancery.pki.name.DeviceId;

/// What a message says. Each kind is checked in its constructor and has one encoding, never longer than
/// [BodyCodec#LONGEST]. None tells in `toString` what was said.
public sealed interface Body {

    /// The octets that stand for this body in a [Content]: the one field of its kind.
    default byte[] encode() {
        return BodyCodec.encode(this);
    }

    /// The body of these octets. What is accepted encodes to the same octets again.
    ///
    /// @throws ContentException [ContentFailure#MALFORMED], [ContentFailure#TOO_LARGE], [ContentFailure#NO_BODY]
    static Body decode(byte[] octets) throws ContentException {
        return BodyCodec.decode(octets);
    }

    /// What is for people: what somebody says, or does to what was said.
    sealed interface Said extends Body {}

    /// What changes how an earlier message is shown.
    sealed interface Relation extends Said {
        /// The message that it is about.
        MessageReference target();
    }

    /// What devices say to each other, and no person sees.
    sealed interface Control extends Body {}

    /// Words.
    ///
    /// @param text at most [#MAX_CHARACTERS] UTF-16 code units, not blank
    /// @param mentions at most [#MAX_MENTIONS], in the order of their ranges, which do not overlap
    /// @param replyTo what it answers
    record Text(String text, List<Mention> mentions, Optional<MessageReference> replyTo) implements Said {

        /// Some ten pages.
        public static final int MAX_CHARACTERS = 65_536;

        /// A good many more than one remembers.
        public static final int MAX_MENTIONS = 64;

        /// @throws IllegalArgumentException if the text is blank, too long or no Unicode, or the mentions are not of it
        public Text {
            Words.said(text);
            mentions = Words.mentions(text, mentions);
        }

        /// Words that mention nobody and answer nothing.
        ///
        /// @throws IllegalArgumentException if the text is blank, too long or no Unicode
        public Text(String text) {
            this(text, List.of(), Optional.empty());
        }

        /// Its length only: this is what nobody else may read.
        @Override
        public String toString() {
            return "Text[" + text.length() + " characters]";
        }
    }

    /// Other words in the place of those of an earlier text. What that one answered, it answers still.
    ///
    /// @param text as in [Text]
    /// @param mentions as in [Text]
    record Edit(MessageReference target, String text, List<Mention> mentions) implements Relation {

        /// @throws IllegalArgumentException as for [Text]
        public Edit {
            Words.said(text);
            mentions = Words.mentions(text, mentions);
        }

        @Override
        public String toString() {
            return "Edit[" + text.length() + " characters]";
        }
    }

    /// An earlier message is to be forgotten.
    record Delete(MessageReference target) implements Relation {}

    /// A reaction to an earlier message, or that it is taken back.
    ///
    /// @param emoji one grapheme cluster, at most [#MAX_CHARACTERS] UTF-16 code units
    record Reaction(MessageReference target, String emoji, boolean takenBack) implements Relation {

        /// Twice the longest emoji there is, a couple with skin tones.
        public static final int MAX_CHARACTERS = 32;

        /// @throws IllegalArgumentException unless this is one visible character, as people count them
        public Reaction {
            requireEmoji(emoji);
        }

        /// Holds the rule of reactions.
        ///
        /// @throws IllegalArgumentException unless this is one visible character, as people count them
        public static void requireEmoji(String emoji) {
            Words.bounded("reaction", emoji, MAX_CHARACTERS);
            if (!Emoji.isOneCharacter(emoji)) {
                throw new IllegalArgumentException("a reaction that is not one character");
            }
        }

        @Override
        public String toString() {
            return takenBack ? "Reaction taken back" : "Reaction";
        }
    }

    /// A file, which lies at the relay, sealed.
    ///
    /// @param file its id there
    /// @param key what it is sealed under
    /// @param sha256 of the plaintext
    /// @param name what its sender calls it, at most [#MAX_NAME] UTF-16 code units: to be shown with care, and
    ///     nowhere to be written as it is
    /// @param mediaType what its sender takes it for: advice
    /// @param text what is said with it; may be empty
    record File(FileId file, FileKey key, FileShape shape, Digest sha256, String name, String mediaType, String text)
            implements Said {

        /// What file systems take.
        public static final int MAX_NAME = 255;

        private static final Pattern MEDIA_TYPE =
                Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,62}/[a-z0-9][a-z0-9!#$&^_.+-]{0,62}");

        /// @throws IllegalArgumentException for a blank or long name, a long text, or what is no media type
        public File {
            Words.bounded("name", name, MAX_NAME);
            Words.bounded("text", text, Text.MAX_CHARACTERS);
            if (name.isBlank()) {
                throw new IllegalArgumentException("a file without a name");
            }
            if (!isMediaType(mediaType)) {
                throw new IllegalArgumentException("a media type that is none");
            }
        }

        /// Whether this is `type/subtype` in lower case (RFC 6838 section 4.2).
        public static boolean isMediaType(String text) {
            return MEDIA_TYPE.matcher(text).matches();
        }

        /// Its length only.
        @Override
        public String toString() {
            return "File[" + shape.length() + " octets]";
        }
    }

    /// The sender's person has seen the conversation.
    ///
    /// @param upTo a place of the relay's log
    record ReadNote(long upTo) implements Control {

        /// @throws IllegalArgumentException if the place is below 1
        public ReadNote {
            if (upTo < 1) {
                throw new IllegalArgumentException("read up to " + upTo + ", from 1");
            }
        }
    }

    /// Letters that the sender has not got, or could not open, and would like to have.
    ///
    /// @param from the counter of the first
    /// @param count how many, at most [#MAX_COUNT]
    record Ask(DeviceId device, ChainId chain, long from, int count) implements Control {

        /// What one who is asked answers in one go.
        public static final int MAX_COUNT = 100;

        /// @throws IllegalArgumentException for no letters or too many
        public Ask {
            if (from < 1 || count < 1 || count > MAX_COUNT || count - 1 > Long.MAX_VALUE - from) {
                throw new IllegalArgumentException(
                        count + " letters from " + from + ", must be 1 to " + MAX_COUNT + ", counted from 1");
            }
        }
    }

    /// A letter that somebody asked for, as its sender signed it.
    ///
    /// @param signedDataDer what was inside the letter, at most [#MAX_OCTETS]
    /// @param acceptedAt when the relay took the letter, as the one who hands it on was told
    /// @param sequence its place in the relay's log, likewise
    @SuppressWarnings("ArrayRecordComponent") // cloned in and out, compared by content
    record Resend(byte[] signedDataDer, Instant acceptedAt, long sequence) implements Control {

        /// The longest text, with all that stands around it, signed: a letter that fits no resend would be one
        /// that nobody can hand on.
        public static final int MAX_OCTETS = 240 << 10;

        /// @throws IllegalArgumentException if there is nothing, or too much, or a number is out of range
        public Resend {
            if (signedDataDer.length < 1 || signedDataDer.length > MAX_OCTETS) {
                throw new IllegalArgumentException(
                        "a letter of " + signedDataDer.length + " octets, must be 1 to " + MAX_OCTETS);
            }
            if (sequence < 1) {
                throw new IllegalArgumentException("sequence " + sequence + ", from 1");
            }
            signedDataDer = signedDataDer.clone();
            acceptedAt = acceptedAt.truncatedTo(ChronoUnit.MILLIS);
        }

        @Override
        public byte[] signedDataDer() {
            return signedDataDer.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Resend that
                    && Arrays.equals(signedDataDer, that.signedDataDer)
                    && acceptedAt.equals(that.acceptedAt)
                    && sequence == that.sequence;
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(signedDataDer) + Long.hashCode(sequence);
        }

        @Override
        public String toString() {
            return "Resend[" + signedDataDer.length + " octets]";
        }
    }

    /// What a device of a person's hands to a new one: letters that it received or wrote, as they were signed.
    ///
    /// @param letters 1 to [#MAX_LETTERS], the newest first, together no longer than one may be
    record History(List<Resend> letters) implements Control {

        /// Short lines take 1,200 octets each.
        public static final int MAX_LETTERS = 200;

        /// @throws IllegalArgumentException for no letters, too many, or too long ones
        public History {
            if (letters.isEmpty() || letters.size() > MAX_LETTERS) {
                throw new IllegalArgumentException(letters.size() + " letters, must be 1 to " + MAX_LETTERS);
            }
            long octets = 0;
            for (Resend letter : letters) {
                octets += letter.signedDataDer.length;
            }
            if (octets > Resend.MAX_OCTETS) {
                throw new IllegalArgumentException("letters of " + octets + " octets, at most " + Resend.MAX_OCTETS);
            }
            letters = List.copyOf(letters);
        }

        @Override
        public String toString() {
            return "History[" + letters.size() + " letters]";
        }
    }

    /// What a person's devices tell each other.
    ///
    /// @param items 1 to [#MAX_ITEMS], all drafts together no longer than one text
    record Sync(List<SyncItem> items) implements Control {

        /// What gathers in the moments before it is told.
        public static final int MAX_ITEMS = 64;

        /// @throws IllegalArgumentException for no items, too many, or too long ones
        public Sync {
            if (items.isEmpty() || items.size() > MAX_ITEMS) {
                throw new IllegalArgumentException(items.size() + " items, must be 1 to " + MAX_ITEMS);
            }
            long characters = 0;
            for (SyncItem item : items) {
                characters += item instanceof SyncItem.Draft(var _, String text) ? text.length() : 0;
            }
            if (characters > Text.MAX_CHARACTERS) {
                throw new IllegalArgumentException(
                        "drafts of " + characters + " characters, at most " + Text.MAX_CHARACTERS);
            }
            items = List.copyOf(items);
        }

        @Override
        public String toString() {
            return "Sync[" + items.size() + " items]";
        }
    }

    /// What people call the room from now on.
    ///
    /// @param text one line, at most [#MAX_CHARACTERS] UTF-16 code units, not blank
    record Title(String text) implements Said {

        /// What fits a list of conversations.
        public static final int MAX_CHARACTERS = 100;

        /// @throws IllegalArgumentException for a blank or long text, or one with control characters
        public Title {
            if (text.isBlank()) {
                throw new IllegalArgumentException("a blank title");
            }
            Words.line("title", text, MAX_CHARACTERS);
        }

        @Override
        public String toString() {
            return "Title[" + text.length() + " characters]";
        }
    }

    /// To whom the sender has asked into a room: what it is called.
    ///
    /// @param title as in [Title], or empty for a room without one
    record Invitation(ConversationId room, String title) implements Said {

        /// @throws IllegalArgumentException for a title that is none
        public Invitation {
            Words.line("title", title, Title.MAX_CHARACTERS);
        }

        @Override
        public String toString() {
            return "Invitation[" + room.hex() + "]";
        }
    }

    /// A kind that this version does not know, kept whole: a later one may show it.
    ///
    /// @param field its number in [Content], [#FIRST_FIELD] to [#LAST_FIELD], none of those known here
    /// @param octets its message as it came, at most [#MAX_OCTETS]
    @SuppressWarnings("ArrayRecordComponent") // cloned in and out, compared by content
    record Unknown(int field, byte[] octets) implements Said {

        /// Fields below are what stands around a body.
        public static final int FIRST_FIELD = 16;

        /// Room for more kinds than anybody wants.
        public static final int LAST_FIELD = 255;

        public static final int MAX_OCTETS = Resend.MAX_OCTETS;

        /// @throws IllegalArgumentException for a kind that is known or cannot be one, or too many octets
        public Unknown {
            if (field < FIRST_FIELD || field > LAST_FIELD || BodyCodec.isKnown(field)) {
                throw new IllegalArgumentException("field " + field + " is no unknown kind of body");
            }
            if (octets.length > MAX_OCTETS) {
                throw new IllegalArgumentException(
                        "an unknown body of " + octets.length + " octets, at most " + MAX_OCTETS);
            }
            octets = octets.clone();
        }

        @Override
        public byte[] octets() {
            return octets.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Unknown that && field == that.field && Arrays.equals(octets, that.octets);
        }

        @Override
        public int hashCode() {
            return 31 * field + Arrays.hashCode(octets);
        }

        @Override
        public String toString() {
            return "Unknown[kind " + field + ", " + octets.length + " octets]";
        }
    }
}
