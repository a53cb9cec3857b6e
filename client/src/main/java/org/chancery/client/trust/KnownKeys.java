package org.chancery.client.trust;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.client.store.ContactKeys;
import org.chancery.client.store.StoreException;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.record.RecordException;
import org.chancery.protocol.frame.DirectoryEntry;
import org.chancery.protocol.key.EnvelopeKey;
import org.chancery.protocol.key.EnvelopeKeyException;

/// The envelope keys of all devices: the newest of each, verified here. Numbers only rise: where the relay shows an
/// older key than one seen before, nothing is sealed to that device, for a thief may have the older one.
public final class KnownKeys {
    /// What can be said of a device.
    public sealed interface Standing {
        /// It receives with this key.
        record Receives(EnvelopeKey key) implements Standing {}

        /// It has not published a key, as far as the relay shows.
        record Silent() implements Standing {}

        /// Its newest key is older than senders take: it has not been online for long.
        record Dormant(EnvelopeKey key) implements Standing {}

        /// The relay shows a key that must not be used, and why.
        record Refused(String why) implements Standing {}

        /// That cannot be said without newer revocation lists.
        record Undecided(String why) implements Standing {}
    }

    private final ContactKeys store;
    private final KeyJudge judge;
    private final Map<DeviceId, EncodedRecord> records = new HashMap<>();
    private final Map<DeviceId, EnvelopeKey> newest = new HashMap<>();
    private final Map<DeviceId, DirectoryEntry> undecided = new HashMap<>(); // until there are newer lists
    private final Map<DeviceId, Standing> shown = new HashMap<>(); // what is wrong with what the relay shows now

    public KnownKeys(ContactKeys store, KeyJudge judge) throws StoreException {
        this.store = store;
        this.judge = judge;
        for (Map.Entry<DeviceId, EncodedRecord> entry : store.all().entrySet()) {
            try {
                EnvelopeKey key = EnvelopeKey.decode(entry.getValue().parse().content());
                records.put(entry.getKey(), entry.getValue());
                newest.put(entry.getKey(), key);
            } catch (RecordException | EnvelopeKeyException e) {
                throw new IllegalStateException("a key that was verified before it was stored", e);
            }
        }
    }

    /// Takes what the directory says of a device whose certificate leads to an anchor.
    ///
    /// @return a sentence for people, where the relay shows what it must not
    public Optional<String> take(DirectoryEntry entry) throws StoreException {
        DeviceId device = entry.device();
        undecided.remove(device);
        if (entry.envelopeKey().isEmpty()) {
            shown.put(device, new Standing.Silent());
            return Optional.empty();
        }
        EncodedRecord record = entry.envelopeKey().get();
        EncodedRecord known = records.get(device);
        if (known != null && known.equals(record)) {
            shown.remove(device);
            return Optional.empty();
        }
        return switch (judge.judge(
                entry.address(), device, record, entry.chain().issuers())) {
            case KeyVerdict.Verified(EnvelopeKey key) -> verified(device, record, key);
            case KeyVerdict.Undecided(String why) -> {
                undecided.put(device, entry);
                shown.put(device, new Standing.Undecided(why));
                yield Optional.empty();
            }
            case KeyVerdict.Broken(String why) ->
                refused(
                        device,
                        "the relay shows a key of a device of " + entry.address() + " that it never signed: " + why);
        };
    }

    /// Revocation lists have changed: what could not be decided may be now.
    ///
    /// @return sentences for people
    public List<String> judgeAnew() throws StoreException {
        List<String> told = new ArrayList<>();
        for (DirectoryEntry entry : List.copyOf(undecided.values())) {
            take(entry).ifPresent(told::add);
        }
        return told;
    }

    private Optional<String> verified(DeviceId device, EncodedRecord record, EnvelopeKey key) throws StoreException {
        EnvelopeKey before = newest.get(device);
        boolean same = before != null
                && before.number() == key.number()
                && before.key().equals(key.key());
        if (before != null && !same && before.number() >= key.number()) {
            return refused(
                    device,
                    "the relay shows key " + key.number() + " of a device of " + key.address()
                            + ", which has published key " + before.number()
                            + " before; nothing is sealed to it until it has been online again");
        }
        store.put(device, record);
        records.put(device, record);
        newest.put(device, key);
        shown.remove(device);
        return Optional.empty();
    }

    private Optional<String> refused(DeviceId device, String why) {
        boolean told = new Standing.Refused(why).equals(shown.put(device, new Standing.Refused(why)));
        return told ? Optional.empty() : Optional.of(why);
    }

    /// Whether a device receives. Only after the directory has said something of it.
    public Standing standing(DeviceId device, Instant now) {
        Standing wrong = shown.get(device);
        if (wrong != null) {
            return wrong;
        }
        EnvelopeKey key = newest.get(device);
        if (key == null) {
            return new Standing.Silent();
        }
        return key.isAccepted(now) ? new Standing.Receives(key) : new Standing.Dormant(key);
    }
}
