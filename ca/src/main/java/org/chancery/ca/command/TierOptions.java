package org.chancery.ca.command;

import java.util.Optional;
import org.chancery.ca.issuance.FoundingPlan;
import org.chancery.ca.key.CaKeyException;
import org.chancery.ca.key.Pkcs11Uri;
import org.chancery.ca.profile.IssuingProfile;
import org.chancery.console.CommandException;
import org.chancery.console.KeyTypeConverter;
import org.chancery.pki.key.KeyAlgorithm;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What is asked about each of the two CAs wherever one is made.
///
/// The token of the key that a new one takes over from is `before`.
final class TierOptions {
    private TierOptions() {}

    /// Of the root.
    static final class Root {
        @Option(
                names = "--root-key-type",
                paramLabel = "TYPE",
                converter = KeyTypeConverter.class,
                description = "rsa3072, rsa4096, ec-p256 or ec-p384. Default: rsa4096")
        private KeyAlgorithm keyType = KeyAlgorithm.RSA_4096;

        @Option(names = "--root-days", paramLabel = "N", description = "how long the root is valid. Default: 7300")
        private int days = 7300;

        @Option(
                names = "--root-key",
                paramLabel = "URI",
                description =
                        "a token for the root's key, pkcs11:token=T;object=K?module-path=LIBRARY. Default: a file")
        private String key = "";

        FoundingPlan.Tier tier(Optional<Pkcs11Uri> before) throws CaKeyException, CommandException {
            return new FoundingPlan.Tier(keyType, days, TokenOption.parse("--root-key", key, before));
        }
    }

    /// Of the issuing CA.
    static final class Issuing {
        @Option(
                names = "--key-type",
                paramLabel = "TYPE",
                converter = KeyTypeConverter.class,
                description = "the issuing CA's: rsa3072, rsa4096, ec-p256 or ec-p384. Default: rsa3072")
        private KeyAlgorithm keyType = KeyAlgorithm.RSA_3072;

        @Option(
                names = "--issuing-days",
                paramLabel = "N",
                description = "how long the issuing CA is valid, never beyond the root. Default: the profile's, 1825")
        private @Nullable Integer days;

        @Option(
                names = "--issuing-key",
                paramLabel = "URI",
                description = "a token for the issuing CA's key, pkcs11:... Default: a file")
        private String key = "";

        FoundingPlan.Tier tier(IssuingProfile profile, Optional<Pkcs11Uri> before)
                throws CaKeyException, CommandException {
            return new FoundingPlan.Tier(keyType, days(profile), TokenOption.parse("--issuing-key", key, before));
        }

        private int days(IssuingProfile profile) {
            return days == null ? profile.days() : days;
        }
    }
}
