package org.chancery.server.conversation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.protocol.device.DeviceOffer;
import org.chancery.protocol.device.DeviceStatement;
import org.chancery.protocol.key.EnvelopeKeyStatement;
import org.chancery.protocol.membership.Amendment;
import org.chancery.server.config.RoomBounds;

/// Conversations as ordered, durable logs, the devices that read them, and how far each has come. Letters,
/// devices and revocations go through one order: a letter is judged against exactly the devices known at its
/// place.
///
/// Thread safe. What changes the log is durable (written and fsynced) before it is answered; what reads it sees
/// only what is durable. Reads throw [IOException] when the store fails.
public interface ConversationLog extends AutoCloseable {

    /// Random, drawn when the log was made: sequences and cursors mean something only within one incarnation.
    String incarnation();

    /// Appends a letter, and says what became of it, in the order of calls. Idempotent in (device, chain,
    /// counter): the same letter again gets the same place, another one under the same counter is refused.
    ///
    /// Blocks while too many wait to be written.
    ///
    /// @param answer called once, on the log's thread, after the commit; must not block. Not called if the log
    ///     fails
    void append(Publication publication, Consumer<Verdict> answer) throws InterruptedException;

    /// Appends a membership entry to its room's record, or begins a room with it, and says what became of it,
    /// in the order of calls: its place is in the one order with the letters. It has to follow the last entry,
    /// or is refused as STALE with those it should have followed. The same octets again get the same place.
    ///
    /// Blocks while too many wait to be written.
    ///
    /// @param amendment signed by the device that wants it appended; the session has checked that
    /// @param answer as for a letter
    void amend(Amendment amendment, RoomBounds bounds, Consumer<Verdict> answer) throws InterruptedException;

    /// Appends an entry to the device chain of its address, or begins one: where there is none, or where no
    /// device of the old one can sign any longer. The same octets again get the same answer. A device that an
    /// entry ends gets no letters from here on and sends none.
    ///
    /// Blocks while too many wait to be written.
    ///
    /// @param answer as for a letter
    void enter(DeviceStatement statement, Consumer<DeviceVerdict> answer) throws InterruptedException;

    /// Keeps a device's wish to join the chain of its address, in place of an earlier one, and says what became of it.
    /// It has to follow the chain's last entry; it is gone when the chain goes on, and after [DeviceOffer#LIFE].
    ///
    /// Blocks while too many wait to be written.
    ///
    /// @param answer why it is not kept; empty if it is. As for a letter
    void offer(DeviceOffer offer, Consumer<Optional<DeviceVerdict.Refused>> answer) throws InterruptedException;

    /// The wishes to join the chain of an address that can be granted now, the oldest first: at most
    /// [org.chancery.protocol.frame.Frame.DirectoryAnswer#MOST_OFFERS].
    List<EncodedRecord> deviceOffers(Address address) throws IOException;

    /// Keeps a device's newest envelope key in the place of the one before; from here on no letter is taken that is
    /// sealed to an earlier one. Refused as STALE unless its number is higher. The same octets again get the same
    /// answer.
    ///
    /// Blocks while too many wait to be written.
    ///
    /// @param answer as for a letter; empty if it is on disk
    void publishKey(EnvelopeKeyStatement statement, Consumer<Optional<DeviceVerdict.Refused>> answer)
            throws InterruptedException;

    /// A room's record behind a place, for who belongs to it or is invited; for who did or was, up to where that
    /// ended, for they may have lost the answer to an entry of their own before it. Empty for everybody else.
    Optional<RoomRecord> record(ConversationId room, Address asker, long after) throws IOException;

    /// The records of an address's device chain, first to last; none if it has none.
    List<EncodedRecord> deviceChain(Address address) throws IOException;

    /// Moves a device's cursor; never back, never beyond the end. Durable with the next commit.
    void acknowledge(DeviceId device, ConversationId conversation, long sequence) throws InterruptedException;

    /// Enters a device that has just proved itself, or renews what is known of it. Returns when that is durable.
    ///
    /// @throws DeviceRefusedException if the key is known under another address, or its owner has ended the
    /// device
    /// @throws IOException if the log is closed
    void admit(KnownDevice device) throws DeviceRefusedException, IOException, InterruptedException;

    /// Marks devices that nobody may seal to any longer. Returns when that is durable.
    ///
    /// @throws IOException if the log is closed
    void revoke(Collection<DeviceId> devices) throws IOException, InterruptedException;

    /// The device's cursors in conversations that go on beyond them.
    List<Cursor> behind(DeviceId device) throws IOException;

    /// The device's cursor in one conversation; at 0 if it has none.
    Cursor cursor(DeviceId device, ConversationId conversation) throws IOException;

    /// Up to so many letters after a place, in order, with the membership entries between them; fewer if they
    /// are long, and perhaps none where there are more behind many that have been let go. Letters that have been
    /// let go are passed over, and counted if they were for the reader. What came of the device itself is not among
    /// the entries, nor anything after its owner had left or was removed; who came back may or may not be given
    /// entries from the time between, and is never given its letters.
    Page read(DeviceId reader, ConversationId conversation, long after, int limit) throws IOException;

    /// What has lapsed of a device's letters and it has not seen: some, in an order of their own.
    ///
    /// @param after the last one known; empty for the first
    List<Lapse> lapses(DeviceId sender, Optional<Lapse> after, int limit) throws IOException;

    /// A device has been told of what lapsed, up to a place. Durable with one of the next commits.
    void seen(DeviceId sender, ConversationId conversation, Address address, long through) throws InterruptedException;

    /// The last place of a conversation that is for a device: if its owner belongs to it, the last there is; if it
    /// did, where that ended; 0 for everybody else.
    long lastFor(DeviceId device, ConversationId conversation) throws IOException;

    /// Which conversation a device has behind another one, in the order of their octets.
    Optional<ConversationId> next(DeviceId device, ConversationId conversation) throws IOException;

    /// When the newest of the letters was taken that are still kept.
    Optional<Instant> newest() throws IOException;

    /// Lets go of letters that have been kept for long enough, a few at a time between what others write.
    /// Returns when it has looked at all of them.
    ///
    /// @param now by this time; what goes by a wrong one is gone
    /// @return the devices whose letters somebody has not fetched in time
    /// @throws IOException if the log is closed
    Set<DeviceId> retire(Instant now) throws IOException, InterruptedException;

    /// Every device of an address.
    List<KnownDevice> devicesOf(Address address) throws IOException;

    /// One device.
    Optional<KnownDevice> device(DeviceId device) throws IOException;

    /// The first devices, in order of address, of addresses that begin so.
    List<KnownDevice> devicesByPrefix(String prefix, int limit) throws IOException;

    /// Every device that is not revoked.
    List<KnownDevice> unrevokedDevices() throws IOException;

    /// The members of a conversation; none if it is not known.
    Set<Address> membersOf(ConversationId conversation) throws IOException;

    /// Octets of letters that the devices of an address have sent and that are still kept.
    long octetsOf(Address address) throws IOException;

    /// Everyone who shares a conversation with the address, without it.
    Set<Address> contactsOf(Address address) throws IOException;

    /// Writes one consistent copy of what is durable, while others go on reading and writing. The file is
    /// private, appears whole, and is on disk when this returns. A relay that runs on it has another
    /// incarnation.
    ///
    /// @param overwrite whether a file of that name may be replaced
    /// @throws java.nio.file.FileAlreadyExistsException if there is one, and it may not
    void copyTo(Path file, boolean overwrite) throws IOException;

    /// Commits what waits and closes the store.
    @Override
    void close();
}
