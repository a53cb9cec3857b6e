package org.chancery.ca.issuance;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.chancery.ca.key.CaKeyException;
import org.chancery.ca.ledger.Ledger;
import org.chancery.ca.profile.IssuingProfile;
import org.chancery.pki.keystore.Passphrase;

/// Makes an authority: keys, certificates, ledger, first CRLs.
///
/// Everything is made in a directory beside the home ([NewDirectory]) that takes the home's name in one step
/// at the very end. Interrupted before, there is no authority and nothing that a second attempt would trip
/// on; after, there is a whole one.
public final class Founding {
    private final IssuingProfile profile;
    private final Clock clock;
    private final SecureRandom random;

    /// @param profile what the issuing CA's certificate says
    public Founding(IssuingProfile profile, Clock clock, SecureRandom random) {
        this.profile = profile;
        this.clock = clock;
        this.random = random;
    }

    /// Founds an authority.
    ///
    /// @param keepAside whether what is in the directory already may be renamed; it is never written into or
    ///     deleted
    /// @throws AuthorityException if the plan is none, the directory is not empty and must stay, or something
    ///     cannot be written; nothing is left behind
    /// @throws CaKeyException if a token does not make its key
    public Founded found(FoundingPlan plan, AuthorityHome home, Passphrase passphrase, boolean keepAside)
            throws AuthorityException, CaKeyException, IOException {
        plan.check();
        try (NewDirectory directory = NewDirectory.beside(home.directory(), keepAside)) {
            Founded made;
            try {
                made = make(plan, new AuthorityHome(directory.path()), passphrase);
            } catch (IOException e) {
                throw unwritable(directory.path(), home, e);
            }
            return new Founded(home, made.root(), made.issuing(), directory.takePlace(clock.instant()));
        }
    }

    private Founded make(FoundingPlan plan, AuthorityHome home, Passphrase passphrase)
            throws AuthorityException, CaKeyException, IOException {
        try (Ledger ledger = Ledger.create(home.ledger(), clock)) {
            ledger.recordFounding(plan.name());
            Files.createDirectory(
                    home.crlDirectory(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            AuthorityProperties properties = plan.properties(passphrase.isNone());
            CaFoundry foundry = new CaFoundry(home, properties, ledger, clock, random);
            UnlockedCa root = foundry.root(AuthorityHome.ROOT, plan.root(), passphrase);
            UnlockedCa issuing = foundry.issuing(AuthorityHome.ISSUING, profile, plan.issuing(), root, passphrase);
            foundry.putToWork(issuing.ca().certificate(), root.ca().certificate());
            properties.write(home.properties());
            return new Founded(home, root.ca().certificate(), issuing.ca().certificate(), Optional.empty());
        }
    }

    /// What could not be written was to be this authority's: the directory it is made in means nothing to
    /// anybody.
    private static AuthorityException unwritable(Path madeIn, AuthorityHome home, IOException e) {
        String why = e instanceof FileSystemException file && file.getReason() != null
                ? file.getReason()
                : String.valueOf(e.getMessage());
        return new AuthorityException(
                AuthorityFailure.UNWRITABLE,
                "cannot make " + home.directory() + ": "
                        + why.replace(madeIn.toString(), home.directory().toString()),
                e);
    }
}
