package org.chancery.ca.lint;

import java.math.BigInteger;

/// Numbers in a finding: whoever wrote them may have written a megabyte.
public final class Serials {
    private static final int MAX_BITS = 160;

    private Serials() {}

    /// In hex, or how long it is.
    public static String inWords(BigInteger number) {
        return number.bitLength() <= MAX_BITS ? number.toString(16) : "of " + number.bitLength() + " bits";
    }
}
