package org.chancery.server.control;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chancery.pki.name.DeviceId;

/// A device as a person names it: its id in hex, or as much of its beginning as is not another's, at least 8 digits.
///
/// @param hex lower-case
public record DevicePrefix(String hex) {

    private static final Pattern SYNTAX = Pattern.compile("[0-9a-f]{8,64}");

    /// @throws IllegalArgumentException if it is none
    public DevicePrefix {
        if (!SYNTAX.matcher(hex).matches()) {
            throw new IllegalArgumentException("a device is named by 8 to 64 hexadecimal digits");
        }
    }

    /// Reads one, in either case of letters.
    ///
    /// @throws IllegalArgumentException if it is none
    public static DevicePrefix parse(String text) {
        return new DevicePrefix(text.toLowerCase(Locale.ROOT));
    }

    /// Whether the device may be meant.
    public boolean fits(DeviceId device) {
        return device.hex().startsWith(hex);
    }

    /// Why nobody, or more than one, of these devices is meant; empty if exactly one is.
    public Optional<ControlAnswer.Refused> refusalAmong(Collection<DeviceId> devices) {
        long meant = devices.stream().filter(this::fits).distinct().count();
        if (meant == 0) {
            return Optional.of(new ControlAnswer.Refused(ControlRefusal.NOT_HERE, "no session of a device " + hex));
        }
        return meant == 1
                ? Optional.empty()
                : Optional.of(new ControlAnswer.Refused(
                        ControlRefusal.AMBIGUOUS, hex + " is the beginning of " + meant + " devices"));
    }
}
