package org.chancery.client.chat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.chancery.client.store.Party;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.device.SafetyNumber;
import org.chancery.protocol.membership.MembershipEntry;

/// What a person, or a script in a person's name, may ask of the messenger.
public sealed interface Command {
    /// The longest text that one message may carry, in characters.
    int MAX_TEXT_LENGTH = Body.Text.MAX_CHARACTERS;

    /// Requires that a message can carry a text.
    ///
    /// @throws IllegalArgumentException where none can
    static void requireText(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a message has at least one visible character");
        }
        if (text.length() > MAX_TEXT_LENGTH) {
            throw new IllegalArgumentException("text of " + text.length() + " characters, at most " + MAX_TEXT_LENGTH);
        }
    }

    private static String words(String text) {
        requireText(text);
        return wellFormed(text);
    }

    /// Half a surrogate pair, which has no UTF-8, becomes a question mark.
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /// Sends `text` in the conversation with `to`. It is in the store when this command has been carried out,
    /// and leaves for the relay as soon as there is a connection and somebody who can read it.
    record SendText(Party to, String text) implements Command {
        public SendText {
            Objects.requireNonNull(to);
            text = words(text);
        }

        /// Names the addressee only: what people write never reaches a log by way of `toString`.
        @Override
        public String toString() {
            return "SendText[to=" + to + "]";
        }
    }

    /// Answers a message with words.
    ///
    /// @param message its id
    record Reply(long message, String text) implements Command {
        public Reply {
            text = words(text);
        }

        @Override
        public String toString() {
            return "Reply[" + message + "]";
        }
    }

    /// Puts other words in the place of one's own.
    record Edit(long message, String text) implements Command {
        public Edit {
            text = words(text);
        }

        @Override
        public String toString() {
            return "Edit[" + message + "]";
        }
    }

    /// Deletes a message of one's own, here and with everybody who reads this.
    record Delete(long message) implements Command {}

    /// Reacts to a message, or takes that back.
    record React(long message, String emoji, boolean takenBack) implements Command {
        public React {
            Body.Reaction.requireEmoji(emoji);
        }

        @Override
        public String toString() {
            return "React[" + message + "]";
        }
    }

    /// Asks whoever has them for the letters that are missing.
    ///
    /// @param message the id of the message that says so
    record AskAgain(long message) implements Command {}

    /// Does not want to hear somebody, or does again.
    record Block(Address address, boolean blocked) implements Command {}

    /// Keeps words that have not been sent yet, on all of one's devices.
    ///
    /// @param text empty: there are none any more
    record SaveDraft(Party in, String text) implements Command {
        public SaveDraft {
            if (text.length() > MAX_TEXT_LENGTH) {
                throw new IllegalArgumentException(
                        "draft of " + text.length() + " characters, at most " + MAX_TEXT_LENGTH);
            }
            text = wellFormed(text);
        }

        @Override
        public String toString() {
            return "SaveDraft[" + in + "]";
        }
    }

    /// Sends a file in the conversation with `to`: its message leaves when the relay has all of it. Told of by
    /// [Event.TransferChanged].
    ///
    /// @param file absolute
    /// @param text what is said with it; may be empty
    record SendFile(Party to, Path file, String text) implements Command {
        public SendFile {
            Objects.requireNonNull(to);
            if (!file.isAbsolute() || file.getFileName() == null) {
                throw new IllegalArgumentException("the path of a file is not whole: " + file);
            }
            if (!text.isEmpty()) {
                requireText(text);
            }
            text = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        }

        /// Names the addressee and the file only.
        @Override
        public String toString() {
            return "SendFile[to=" + to + ", file=" + file + "]";
        }
    }

    /// Fetches the file of a message. Told of by [Event.TransferChanged].
    ///
    /// @param message its id
    /// @param target where it is to lie, absolute: a file, or a directory, where it gets a name like the one its
    ///     sender gave it; nothing is there before all of it is proved
    /// @param overwrite whether a file that is there may be replaced
    record SaveFile(long message, Path target, boolean overwrite) implements Command {
        public SaveFile {
            if (!target.isAbsolute()) {
                throw new IllegalArgumentException("the path of a file is not whole: " + target);
            }
        }
    }

    /// Gives a transfer up; nothing of it stays.
    record CancelTransfer(long id) implements Command {}

    /// Asks the relay's directory for the people whose address begins with `prefix`; answered by
    /// [Event.PeopleFound]. An empty prefix asks for everyone, as far as the relay's limit goes.
    record FindPeople(String prefix) implements Command {
        private static final int MAX_PREFIX_LENGTH = 254; // an address is no longer

        public FindPeople {
            if (prefix.length() > MAX_PREFIX_LENGTH) {
                throw new IllegalArgumentException(
                        "prefix of " + prefix.length() + " characters, at most " + MAX_PREFIX_LENGTH);
            }
        }
    }

    /// Asks for all that the relay's directory has of the people whose address begins with `prefix`; answered by
    /// [Event.DirectoryListed], once there is a connection.
    record ListDirectory(String prefix) implements Command {
        public ListDirectory {
            if (prefix.length() > FindPeople.MAX_PREFIX_LENGTH) {
                throw new IllegalArgumentException(
                        "prefix of " + prefix.length() + " characters, at most " + FindPeople.MAX_PREFIX_LENGTH);
            }
        }
    }

    /// A person looks at the conversation with `party`: what was unread is read, and the devices of the other side are
    /// asked for anew.
    record OpenConversation(Party party) implements Command {
        public OpenConversation {
            Objects.requireNonNull(party);
        }
    }

    /// Gives a room another title; for its owners.
    record NameRoom(ConversationId room, Body.Title title) implements Command {}

    /// Something that is done to a room, answered by [Event.RoomActed] once the relay has it or will not.
    sealed interface RoomAct extends Command {}

    /// Makes a room, whose owner one is.
    ///
    /// @param title what its people will call it; may be empty
    record CreateRoom(String title) implements RoomAct {
        public CreateRoom {
            if (!title.isEmpty()) {
                title = new Body.Title(title).text();
            }
        }
    }

    /// Asks somebody in, joins, leaves, or sends somebody away.
    record ChangeRoom(ConversationId room, MembershipEntry.Act act) implements RoomAct {}

    /// Something that is done to one's own devices, by one that is on the chain; answered by [Event.DeviceActed].
    sealed interface DeviceAct extends Command {}

    /// Lets a device join that asks to: a person has compared the six words.
    record ApproveDevice(DeviceId device) implements DeviceAct {}

    /// Hands what is here to another device of one's own; answered by [Event.HistoryHandedOver], as it goes on.
    record HandOver(DeviceId device) implements Command {}

    /// Ends a device, for good.
    record EndDevice(DeviceId device) implements DeviceAct {}

    /// Asks the relay for somebody's devices, and how one can know that they are theirs; answered by [Event.Verified].
    record Verify(Address address) implements Command {}

    /// Something that a person decides about somebody's device chain; answered by [Event.TrustActed].
    sealed interface TrustAct extends Command {
        Address address();
    }

    /// The person has compared this number with them.
    record MarkVerified(Address address, SafetyNumber compared) implements TrustAct {}

    /// The person no longer says so.
    record MarkUnverified(Address address) implements TrustAct {}

    /// From now on, what the relay shows is their chain.
    record AcceptChain(Address address) implements TrustAct {}

    /// Connects now instead of at the time the back-off has chosen.
    record RetryNow() implements Command {}
}
