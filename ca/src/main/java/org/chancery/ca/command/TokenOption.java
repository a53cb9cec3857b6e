package org.chancery.ca.command;

import java.util.Optional;
import org.chancery.ca.key.CaKey;
import org.chancery.ca.key.CaKeyException;
import org.chancery.ca.key.Pkcs11Uri;
import org.chancery.ca.key.TokenKey;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;

/// Where a key that is to be made shall lie, as an option says it: on a token, or, unsaid, in a file of the home.
final class TokenOption {
    private TokenOption() {}

    /// @param value what was given; empty for nothing
    static Optional<Pkcs11Uri> parse(String option, String value) throws CaKeyException, CommandException {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (CaKey.parse(value) instanceof TokenKey(Pkcs11Uri uri)) {
            return Optional.of(uri);
        }
        throw new CommandException(
                ExitCode.USAGE,
                option + " " + value + " is no pkcs11: URI",
                "a new key is made in the home; take it away with: ca root export");
    }
}
