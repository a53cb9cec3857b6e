package org.chancery.ca.key;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// Tokens of SoftHSM for tests. The library reads where they are from this process's environment, and once: so
/// there is one directory a run, with all tokens in it from the start.
public final class SoftHsm {
    public static final Path LIBRARY = Path.of("/usr/lib/softhsm/libsofthsm2.so");
    public static final String PIN = "for tests only";

    private static final class Tokens {
        static final Path DIRECTORY = make();
    }

    private SoftHsm() {}

    /// Skips the running test, visibly, where SoftHSM is missing.
    public static void require() throws IOException {
        Assumptions.assumeTrue(Files.exists(LIBRARY) && isOnPath(), "softhsm2 is not installed");
        Assumptions.assumeTrue(Files.isDirectory(Tokens.DIRECTORY), "no tokens");
    }

    /// The URI of a key on one of the tokens `lab`, `pulled` and `twice`, which there is two of.
    public static String uri(String token, String object) {
        return "pkcs11:token=" + token + ";object=" + object + "?module-path=" + LIBRARY;
    }

    /// Takes a token away as one pulls out a card: what it held answers no more.
    public static void pullOut(String label) throws IOException {
        run("--delete-token", "--token", label);
    }

    private static Path make() {
        try {
            Path directory = Files.createTempDirectory("softhsm");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
            Path tokens = Files.createDirectory(directory.resolve("tokens"));
            Path configuration = directory.resolve("softhsm2.conf");
            Files.writeString(configuration, "directories.tokendir = " + tokens + "\nlog.level = ERROR\n");
            setEnvironment("SOFTHSM2_CONF", configuration.toString());
            for (String label : List.of("lab", "pulled", "twice", "twice")) {
                run(configuration, "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", PIN);
            }
            return directory;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void run(String... arguments) throws IOException {
        run(Tokens.DIRECTORY.resolve("softhsm2.conf"), arguments);
    }

    private static void run(Path configuration, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(Stream.of("softhsm2-util"), Stream.of(arguments)).toList());
        builder.environment().put("SOFTHSM2_CONF", configuration.toString());
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = builder.start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError("softhsm2-util failed: " + List.of(arguments));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while softhsm2-util ran", e);
        }
    }

    /// Java has no way to change its own environment; C has.
    @SuppressWarnings("restricted") // a function of the C library
    private static void setEnvironment(String name, String value) {
        Linker linker = Linker.nativeLinker();
        try (Arena arena = Arena.ofConfined()) {
            int result = (int) linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("setenv"),
                            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT))
                    .invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
            if (result != 0) {
                throw new AssertionError("setenv failed");
            }
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isOnPath() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "softhsm2-util")));
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
