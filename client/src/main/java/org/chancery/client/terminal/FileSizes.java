package org.chancery.client.terminal;

import java.util.Locale;

/// Lengths of files for people: `17 octets`, `2.1 MiB`.
final class FileSizes {
    private static final int K = 1024;
    private static final String[] UNITS = {"KiB", "MiB", "GiB"};

    private FileSizes() {}

    static String of(long octets) {
        if (octets < K) {
            return octets + (octets == 1 ? " octet" : " octets");
        }
        double size = (double) octets / K;
        int unit = 0;
        while (size >= K - 0.05 && unit < UNITS.length - 1) {
            size /= K;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
    }
}
