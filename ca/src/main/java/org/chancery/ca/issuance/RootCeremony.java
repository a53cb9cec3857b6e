package org.chancery.ca.issuance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.chancery.ca.key.CaKeyException;
import org.chancery.ca.key.KeyFile;
import org.chancery.ca.ledger.Deed;
import org.chancery.ca.ledger.LedgerException;
import org.chancery.ca.ledger.NotRevocableException;
import org.chancery.ca.ledger.Origin;
import org.chancery.ca.ledger.RevocationOrder;
import org.chancery.ca.profile.IssuingProfile;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.file.Access;
import org.chancery.pki.file.AtomicFile;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.keystore.KeyStoreFileException;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.revocation.Crl;

/// What only the root can do, with its key at hand for as long as it takes. Everything else works without.
///
/// Each act is recorded in the ledger before it has an effect outside.
public final class RootCeremony {
    private static final int OVERWRITTEN_AT_ONCE = 8 * 1024;

    private final Authority authority;
    private final UnlockedCa root;

    RootCeremony(Authority authority, UnlockedCa root) {
        this.authority = authority;
        this.root = root;
    }

    /// The root whose key this is.
    public Ca root() {
        return root.ca();
    }

    /// The root's CRL anew.
    public Crl publishCrl(Duration lifetime) throws LedgerException {
        return authority.publisher(root).publish(lifetime);
    }

    /// A new issuing CA, with a key and a name of its own, put to work. The one before signs CRLs until it ends.
    public Ca certifyIssuing(IssuingProfile profile, FoundingPlan.Tier tier, Passphrase passphrase)
            throws IOException, AuthorityException, CaKeyException {
        tier.check();
        AuthorityHome home = authority.home();
        String name = Cas.nextName(AuthorityHome.ISSUING, home);
        AuthorityProperties extended = authority.properties().withToken(name, tier.token());
        extended.write(home.properties());
        CaFoundry foundry = authority.foundry(extended);
        Ca issuing = foundry.issuing(name, profile, tier, root, passphrase).ca();
        authority
                .ledger()
                .recordDeed(
                        Deed.ISSUING_REPLACED,
                        name + " put to work by " + root.ca().name());
        foundry.putToWork(issuing.certificate(), root.ca().certificate());
        return issuing;
    }

    /// A new certificate for the key of the issuing CA at work: what it has signed goes on being valid beyond
    /// the old one's end.
    public X509Certificate renewIssuing(IssuingProfile profile, int days) throws IOException, AuthorityException {
        Ca issuing = authority.issuingCa();
        FoundingPlan.Tier.checkDays(days);
        CaFoundry foundry = authority.foundry(authority.properties());
        X509Certificate renewed = foundry.certify(
                issuing.name(),
                profile,
                issuing.certificate().getPublicKey(),
                days,
                root,
                Origin.renewed(SerialNumber.of(issuing.certificate())));
        authority
                .ledger()
                .recordDeed(
                        Deed.ISSUING_RENEWED,
                        issuing.name() + " renewed by " + root.ca().name());
        foundry.write(authority.home().certificate(issuing.name()), List.of(renewed));
        foundry.putToWork(renewed, root.ca().certificate());
        return renewed;
    }

    /// Revokes an issuing CA, and with it all that it ever signed.
    public Crl revokeIssuing(RevocationOrder order, Duration lifetime) throws LedgerException, NotRevocableException {
        authority.ledger().revokeAuthority(order, root.ca().keyId());
        return publishCrl(lifetime);
    }

    /// Takes the root's key away: a copy that opens, then nothing here any more. What is deleted is overwritten
    /// first, which a journal or a flash disk may not heed.
    ///
    /// @param to a file that does not exist, or a directory for it to be in
    /// @return where it lies now
    /// @throws AuthorityException if the key lies on a token, or the copy does not open
    public Path export(Path to, Passphrase passphrase) throws IOException, AuthorityException, KeyStoreFileException {
        if (!(root.ca().key() instanceof KeyFile(Path original)) || !Files.exists(original)) {
            throw new AuthorityException(
                    AuthorityFailure.ROOT_AWAY,
                    "the root's key lies at " + root.ca().key() + ", not in a file here");
        }
        Path copy = Files.isDirectory(to) ? to.resolve(original.getFileName()) : to;
        AtomicFile.write(copy, Files.readAllBytes(original), Access.PRIVATE, false);
        SigningKey copied = KeyStoreFile.open(copy, passphrase).key();
        if (!copied.deviceId().equals(root.ca().keyId())) {
            throw new AuthorityException(AuthorityFailure.WRONG_KEY, copy + " does not hold what was written to it");
        }
        authority
                .ledger()
                .recordDeed(
                        Deed.ROOT_EXPORTED,
                        "the key of " + root.ca().name() + " taken away to " + copy.toAbsolutePath());
        erase(original);
        return copy;
    }

    private static void erase(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.DSYNC)) {
            long size = channel.size();
            for (long at = 0; at < size; at += OVERWRITTEN_AT_ONCE) {
                int length = (int) Math.min(OVERWRITTEN_AT_ONCE, size - at);
                channel.write(ByteBuffer.allocate(length), at);
            }
            channel.force(true);
        }
        Files.delete(file);
        try (FileChannel directory = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
