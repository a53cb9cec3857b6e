package org.chancery.client.engine;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.chancery.client.chat.Contact;
import org.chancery.client.chat.ContactDevice;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.Trust;
import org.chancery.client.store.KnownDevice;
import org.chancery.client.store.KnownDevices;
import org.chancery.client.store.RememberedChain;
import org.chancery.client.store.StoreException;
import org.chancery.client.trust.DeviceJudge;
import org.chancery.client.trust.HeldRevocations;
import org.chancery.client.trust.KnownKeys;
import org.chancery.client.trust.RememberedChains;
import org.chancery.client.trust.SignerVerdict;
import org.chancery.pki.envelope.SealMember;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.path.PathFailure;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.sealing.RecipientKey;
import org.chancery.protocol.frame.DirectoryEntry;
import org.chancery.protocol.key.EnvelopeKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everyone this client knows: their devices, judged here; whether they are there, as the relay says.
///
/// The relay's directory only ever narrows what is sealed to: a device it does not list, or calls revoked, is left out;
/// one whose certificate does not hold by our own judgement never gets in. For the engine's thread.
final class ContactBook {
    private static final Logger LOG = LoggerFactory.getLogger(ContactBook.class);

    /// A messenger begins its owner's chain when it comes for the first time. Who writes to them in that moment looks
    /// again so often.
    private static final int LOOKS = 3;

    private final KnownDevices store;
    private final DeviceJudge judge;
    private final HeldRevocations revocations;
    private final RememberedChains chains;
    private final KnownKeys keys;
    private final Clock clock;
    private final Map<DeviceId, KnownDevice> devices = new LinkedHashMap<>();

    /// What the directory said on this connection: the devices of an address that the relay does not veto.
    private final Map<Address, List<DeviceId>> listed = new HashMap<>();

    /// How often an address has been listed on this connection with devices and without a device chain.
    private final Map<Address, Integer> unbegun = new HashMap<>();

    private final Set<Address> online = new HashSet<>();
    private final Thefts thefts = new Thefts();
    private final List<String> alarms = new ArrayList<>(); // to be told
    private final Map<DeviceId, Judged> judgements = new HashMap<>(); // until something changes what they rest on

    ContactBook(
            KnownDevices store,
            DeviceJudge judge,
            HeldRevocations revocations,
            RememberedChains chains,
            KnownKeys keys,
            Clock clock)
            throws StoreException {
        this.store = store;
        this.judge = judge;
        this.revocations = revocations;
        this.chains = chains;
        this.keys = keys;
        this.clock = clock;
        for (KnownDevice device : store.all()) {
            devices.put(device.device(), device);
            believeIssuers(device);
        }
        lookForThefts();
    }

    private void believeIssuers(KnownDevice device) throws StoreException {
        try {
            ValidatedPath path = judge.everDevice(device.chain(), device.address());
            for (X509Certificate issuer : path.chain().issuers()) {
                revocations.believe(issuer);
            }
        } catch (PathValidationException e) {
            LOG.info("a known device of {} no longer has a path: {}", device.address(), e.failure());
        }
    }

    /// Whether another device than this one is known of an address.
    boolean hasOthers(Address address, DeviceId device) {
        return devices.values().stream()
                .anyMatch(known ->
                        known.address().equals(address) && !known.device().equals(device));
    }

    /// Takes what the directory says of `address`: all its devices.
    void takeListing(Address address, List<DirectoryEntry> entries) throws StoreException {
        List<DeviceId> usable = new ArrayList<>();
        online.remove(address);
        for (DirectoryEntry entry : entries) {
            if (entry.address().equals(address) && learn(entry) && !entry.revoked()) {
                usable.add(entry.device());
            }
        }
        listed.put(address, usable);
        if (!usable.isEmpty() && chains.chain(address).isEmpty()) {
            unbegun.merge(address, 1, Integer::sum);
        }
    }

    /// Takes what the directory says of one device.
    ///
    /// @return whether it is one: the chain is of that key and address, and leads to an anchor
    boolean learn(DirectoryEntry entry) throws StoreException {
        try {
            boolean consistent =
                    DeviceId.of(entry.chain().leaf().getPublicKey()).equals(entry.device())
                            && Address.of(entry.chain().leaf()).equals(entry.address());
            if (!consistent) {
                LOG.warn("the directory's entry for {} is about somebody else", entry.address());
                return false;
            }
            judge.everDevice(entry.chain(), entry.address());
        } catch (MalformedNameException e) {
            LOG.warn("the directory's entry for {} has no address", entry.address());
            return false;
        } catch (PathValidationException e) {
            LOG.info("the directory's entry for {} leads to no anchor: {}", entry.address(), e.failure());
            return false;
        }
        if (entry.online()) {
            online.add(entry.address());
        }
        keys.take(entry).ifPresent(alarms::add);
        KnownDevice known = devices.get(entry.device());
        if (known == null || !known.chain().equals(entry.chain())) {
            KnownDevice device = new KnownDevice(
                    entry.device(), entry.address(), entry.chain(), known == null ? clock.instant() : known.since());
            store.put(device);
            devices.put(device.device(), device);
            judgements.remove(device.device());
            believeIssuers(device);
            lookForThefts();
        }
        return true;
    }

    /// What people are to be told of what the relay shows; each once.
    List<String> alarms() {
        List<String> told = List.copyOf(alarms);
        alarms.clear();
        return told;
    }

    /// What can be said of a device as one that receives.
    KnownKeys.Standing receiving(DeviceId device) {
        return keys.standing(device, clock.instant());
    }

    /// Time has passed, or revocation lists have changed: everything is judged again when it is next asked for.
    ///
    /// @return whether somebody's key turns out to have been stolen, or not to have been
    boolean judgeAnew() throws StoreException {
        alarms.addAll(keys.judgeAnew());
        judgements.clear();
        return lookForThefts();
    }

    /// Takes the relay's word on somebody known; of others the directory's answer will say whether they are there.
    void present(Address address, boolean isOnline) {
        if (isOnline) {
            if (isKnown(address)) {
                online.add(address);
            }
        } else {
            online.remove(address);
        }
    }

    /// The connection is lost: who is there, and whom the directory lists, is no longer known.
    void forgetPresence() {
        online.clear();
        listed.clear();
        unbegun.clear();
    }

    /// The directory's word on `address` is to be asked for again.
    void forgetListing(Address address) {
        listed.remove(address);
    }

    /// Whether somebody has come and may be about to begin their device chain.
    boolean mayBegin(Address address) {
        return chains.chain(address).isEmpty()
                && chains.unjudged(address).isEmpty()
                && unbegun.getOrDefault(address, LOOKS) < LOOKS;
    }

    boolean isListed(Address address) {
        return listed.containsKey(address);
    }

    Optional<KnownDevice> device(DeviceId device) {
        return Optional.ofNullable(devices.get(device));
    }

    /// The authorities above every device that is known, for building paths.
    Set<X509Certificate> issuers() {
        Set<X509Certificate> issuers = new LinkedHashSet<>();
        devices.values().forEach(device -> issuers.addAll(device.chain().issuers()));
        return issuers;
    }

    private boolean isKnown(Address address) {
        return devices.values().stream().anyMatch(device -> device.address().equals(address));
    }

    /// Every address of which a device is known.
    Set<Address> addresses() {
        Set<Address> addresses = new TreeSet<>();
        devices.values().forEach(device -> addresses.add(device.address()));
        return addresses;
    }

    /// The devices of `address` to seal to, judged now. Only after [#takeListing].
    Readers readers(Address address) {
        Optional<RememberedChain.Dispute> dispute = chains.dispute(address);
        if (dispute.isPresent() && standing(address) != Trust.REVOKED) {
            return new Readers.None(dispute.get().change().sentence(address));
        }
        Optional<String> unjudged = chains.unjudged(address);
        if (unjudged.isPresent()) {
            listed.remove(address); // asked for again when there are newer lists
            return new Readers.Undecided(unjudged.get());
        }
        List<DeviceId> candidates = listed.getOrDefault(address, List.of()).stream()
                .filter(device -> chains.isOn(address, device))
                .toList();
        List<RecipientKey> recipients = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        Set<PathFailure> failures = new HashSet<>();
        String undecided = "";
        boolean dormant = false;
        for (DeviceId candidate : candidates) {
            KnownDevice device = devices.get(candidate);
            if (device == null) {
                continue;
            }
            try {
                judge.device(device.chain(), address);
                switch (keys.standing(candidate, clock.instant())) {
                    case KnownKeys.Standing.Receives(EnvelopeKey key) ->
                        recipients.add(RecipientKey.of(candidate, key.number(), key.key()));
                    case KnownKeys.Standing.Silent() -> {} // it comes when it has been online
                    case KnownKeys.Standing.Dormant _ -> dormant = true;
                    case KnownKeys.Standing.Refused(String why) -> refused.add(why);
                    case KnownKeys.Standing.Undecided(String why) -> undecided = why;
                }
            } catch (PathValidationException e) {
                failures.add(e.failure());
                if (e.failure().awaitsCrl()) {
                    undecided = String.valueOf(e.getMessage());
                }
            }
        }
        if (!undecided.isEmpty()) {
            // Sealing to fewer devices than there are would be refused by the relay; to wait is all that is left.
            return new Readers.Undecided(undecided);
        }
        if (!refused.isEmpty()) {
            return new Readers.Refused(refused.getFirst());
        }
        if (recipients.isEmpty()) {
            return new Readers.None(
                    dormant
                            ? "no device of " + address
                                    + " has been online for 30 days; they are dormant, so nobody could read the message"
                            : nobody(address, failures));
        }
        return new Readers.Some(recipients);
    }

    /// `address` as a seal names it.
    SealMember member(Address address) {
        return new SealMember(address, chains.chain(address).map(RememberedChain::head));
    }

    private String nobody(Address address, Set<PathFailure> failures) {
        if (!isKnown(address)) {
            return address + " has never connected to this relay, so nobody could read the message";
        }
        if (chains.chain(address).isEmpty()) {
            return "no device of " + address + " has begun a device chain, so nobody could read the message";
        }
        if (failures.equals(Set.of(PathFailure.EXPIRED))) {
            return "every certificate of " + address + " has expired, so nobody could read the message";
        }
        return standing(address) == Trust.REVOKED
                ? "every device of " + address + " is revoked, so nobody could read the message"
                : address + " has no device that can receive, so nobody could read the message";
    }

    /// The devices whose key was stolen, as far as the lists held say. For any thread.
    Thefts thefts() {
        return thefts;
    }

    private boolean lookForThefts() {
        Map<DeviceId, Instant> found = new HashMap<>();
        Instant now = clock.instant();
        for (KnownDevice device : devices.values()) {
            Instant end = device.chain().leaf().getNotAfter().toInstant();
            Instant lastMoment = now.isBefore(end) ? now : end;
            if (judge.signer(device.chain(), device.address(), lastMoment)
                            instanceof SignerVerdict.Revoked(Instant since, RevocationReason reason)
                    && reason == RevocationReason.KEY_COMPROMISE) {
                found.put(device.device(), since);
            }
        }
        return thefts.replace(found);
    }

    /// What the certificates of `address` say now.
    Trust standing(Address address) {
        Set<Trust> all = new HashSet<>();
        for (KnownDevice device : devices.values()) {
            if (device.address().equals(address)) {
                all.add(judged(device).trust());
            }
        }
        return List.of(Trust.TRUSTED, Trust.UNKNOWN, Trust.REVOKED, Trust.EXPIRED).stream()
                .filter(all::contains)
                .findFirst()
                .orElse(Trust.UNKNOWN);
    }

    /// `address` as a contact.
    Contact contact(Address address, Optional<Message> last, int unread) {
        List<KnownDevice> own = devices.values().stream()
                .filter(device -> device.address().equals(address))
                .sorted(Comparator.comparing(
                                (KnownDevice device) -> device.chain().leaf().getNotBefore())
                        .reversed())
                .toList();
        List<ContactDevice> holding = own.stream()
                .map(device -> judged(device).device())
                .flatMap(Optional::stream)
                .toList();
        String name = own.stream()
                .map(device -> PathNames.displayName(device.chain()))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(address.value());
        return new Contact(address, name, online.contains(address), standing(address), holding, last, unread);
    }

    /// One device, judged for display.
    private record Judged(Trust trust, Optional<ContactDevice> device) {}

    private Judged judged(KnownDevice device) {
        return judgements.computeIfAbsent(device.device(), _ -> judge(device));
    }

    private Judged judge(KnownDevice device) {
        try {
            ValidatedPath path = judge.device(device.chain(), device.address());
            ContactDevice shown = new ContactDevice(
                    device.device(), device.since(), path.leaf().getNotAfter().toInstant(), PathNames.of(path));
            return new Judged(Trust.TRUSTED, Optional.of(shown));
        } catch (PathValidationException e) {
            return new Judged(
                    switch (e.failure()) {
                        case REVOKED -> Trust.REVOKED;
                        case EXPIRED -> Trust.EXPIRED;
                        default -> Trust.UNKNOWN;
                    },
                    Optional.empty());
        }
    }
}
