package org.chancery.console;

import java.util.Arrays;

/// How a command ends. Scripts rely on the numbers: none ever changes its meaning.
public enum ExitCode {
    /// Done.
    DONE(0),
    /// The answer is no: a certificate does not verify, an envelope does not open, a lookup finds nothing.
    NO(1),
    /// Wrong usage.
    USAGE(2),
    /// Bad input: unreadable, malformed, too large.
    BAD_INPUT(3),
    /// Refused by policy, or busy.
    REFUSED(4),
    /// Cannot reach, or was refused by, the other side.
    UNREACHABLE(5),
    /// No suitable Java, or not built yet; said by the launchers.
    UNAVAILABLE(69),
    /// An internal error: a bug, with a stack trace in the log only.
    INTERNAL(70);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /// What the process exits with.
    public int code() {
        return code;
    }

    /// The one of this number.
    ///
    /// @throws IllegalArgumentException for a number that no command ends with
    public static ExitCode of(int code) {
        return Arrays.stream(values())
                .filter(known -> known.code == code)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("exit code " + code));
    }
}
