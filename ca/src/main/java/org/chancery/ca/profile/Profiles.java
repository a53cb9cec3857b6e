package org.chancery.ca.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.chancery.ca.ledger.Ledger;
import org.chancery.ca.profile.ProfileException.Failure;

/// The profiles of an installation: one file each in `conf/profiles`, the administrator's own beside the four that are
/// delivered. A file is read when its profile is asked for, so that a slip in one stops nobody who uses another.
public final class Profiles {
    /// What may be a file's name, a word of the command line and of the ledger.
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    private final Path directory;

    private Profiles(Path directory) {
        this.directory = directory;
    }

    /// Those below a directory of configuration, in its `profiles`.
    public static Profiles below(Path confDirectory) {
        return new Profiles(confDirectory.resolve("profiles"));
    }

    /// A profile to sign requests by.
    ///
    /// @throws ProfileException if there is none of that name, it is the issuing CAs', or its file is not one
    /// @throws IOException if the file is there and cannot be read
    public CertificateProfile leaf(String name) throws IOException, ProfileException {
        if (name.equals(IssuingProfile.NAME)) {
            throw new ProfileException(
                    Failure.UNKNOWN, "profile issuing is for founding an authority and for its root's ceremony");
        }
        if (!NAME.matcher(name).matches() || name.equals(Ledger.ROOT)) {
            throw unknown(name);
        }
        Path file = directory.resolve(name + ProfileFile.SUFFIX);
        if (!Files.exists(file)) {
            throw unknown(name);
        }
        return ProfileReader.leaf(ProfileFile.read(file, ProfileReader.LEAF_KEYS));
    }

    /// The profile of issuing CAs.
    ///
    /// @throws ProfileException if its file is not there, or not one
    /// @throws IOException if the file is there and cannot be read
    public IssuingProfile issuing() throws IOException, ProfileException {
        return ProfileReader.issuing(ProfileFile.read(
                directory.resolve(IssuingProfile.NAME + ProfileFile.SUFFIX), ProfileReader.ISSUING_KEYS));
    }

    private ProfileException unknown(String name) throws IOException {
        List<String> known = names();
        return new ProfileException(
                Failure.UNKNOWN,
                "no profile " + name + " in " + directory
                        + (known.isEmpty() ? ", nor any other" : ", known are " + String.join(", ", known)));
    }

    /// Those that requests can be signed by.
    private List<String> names() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(ProfileFile.SUFFIX))
                    .map(ProfileFile::nameOf)
                    .filter(name -> NAME.matcher(name).matches() && !name.equals(IssuingProfile.NAME))
                    .sorted()
                    .toList();
        }
    }
}
