package org.chancery.bench.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What Linux says of a process.
///
/// @param cpuSeconds user and system time so far, to a hundredth
/// @param residentKb VmRSS
public record ProcessFigures(double cpuSeconds, long residentKb) {

    private static final double TICKS_A_SECOND = 100;
    private static final int UTIME = 11;
    private static final int STIME = 12;

    public static ProcessFigures of(long pid) {
        return of("/proc/" + pid);
    }

    public static ProcessFigures self() {
        return of("/proc/self");
    }

    private static ProcessFigures of(String directory) {
        try {
            List<String> fields = fields(Path.of(directory, "stat"));
            double ticks = Double.parseDouble(fields.get(UTIME)) + Double.parseDouble(fields.get(STIME));
            return new ProcessFigures(ticks / TICKS_A_SECOND, resident(Path.of(directory, "status")));
        } catch (IOException e) {
            throw new IllegalStateException("the process is gone, or this is no Linux", e);
        }
    }

    /// Behind the name, which may hold blanks.
    private static List<String> fields(Path stat) throws IOException {
        String text = Files.readString(stat);
        return List.of(text.substring(text.lastIndexOf(')') + 2).split(" ", -1));
    }

    private static long resident(Path status) throws IOException {
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmRSS")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return 0;
    }

    /// Seconds that all processors together were busy, ever.
    public static double machineBusySeconds() {
        try {
            List<String> ticks = List.of(
                    Files.readAllLines(Path.of("/proc/stat")).getFirst().trim().split("\\s+", -1));
            double busy = 0;
            for (int field : new int[] {1, 2, 3, 6, 7}) {
                busy += Double.parseDouble(ticks.get(field));
            }
            return busy / TICKS_A_SECOND;
        } catch (IOException e) {
            throw new IllegalStateException("this is no Linux", e);
        }
    }
}
