package org.chancery.ca.command;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.chancery.pki.revocation.RevocationReason;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// The reasons a certificate is revoked for by hand: those of RFC 5280 but the two that undo or suspend.
final class ReasonConverter implements ITypeConverter<RevocationReason> {
    @Override
    public RevocationReason convert(String text) {
        return Arrays.stream(RevocationReason.values())
                .filter(ReasonConverter::isForEver)
                .filter(reason -> reason.cliName().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("reason " + text + ", known are " + known()));
    }

    private static boolean isForEver(RevocationReason reason) {
        return reason != RevocationReason.CERTIFICATE_HOLD && reason != RevocationReason.REMOVE_FROM_CRL;
    }

    private static String known() {
        return Arrays.stream(RevocationReason.values())
                .filter(ReasonConverter::isForEver)
                .map(RevocationReason::cliName)
                .collect(Collectors.joining(", "));
    }
}
