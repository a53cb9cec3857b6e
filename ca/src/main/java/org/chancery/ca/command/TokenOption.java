package org.chancery.ca.command;

import java.util.Optional;
import org.chancery.ca.key.CaKey;
import org.chancery.ca.key.CaKeyException;
import org.chancery.ca.key.Pkcs11Uri;
import org.chancery.ca.key.TokenKey;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;

/// Where a key that is to be made shall lie, as an option says it: on a token, or, unsaid, in a file of the home.
/// Unsaid it is not where the key before it lies on a token: nobody is to find a key in a file that he meant for one.
final class TokenOption {
    private TokenOption() {}

    private static final String FILE = "file";

    /// @param value what was given; empty for nothing
    /// @param before the token of the key that it takes over from
    static Optional<Pkcs11Uri> parse(String option, String value, Optional<Pkcs11Uri> before)
            throws CaKeyException, CommandException {
        if (value.isEmpty() && before.isPresent()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "the key at work lies at " + before.get() + ": where shall the new one lie?",
                    "give " + option + " with another object on the token, or " + option + " " + FILE);
        }
        if (value.isEmpty() || value.equals(FILE)) {
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
