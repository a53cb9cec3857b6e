package org.chancery.pki.certificate;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// One extension (RFC 5280 section 4.2). [Extensions] makes the ones in use.
///
/// @param oid the dotted object identifier
/// @param critical whether who does not understand it must refuse the certificate
/// @param der the value, without the OCTET STRING around it
@SuppressWarnings("ArrayRecordComponent") // cloned in and out, compared by content
public record Extension(String oid, boolean critical, byte[] der) {
    private static final Pattern OID = Pattern.compile("[012](\\.(0|[1-9][0-9]*)){1,40}");

    public Extension {
        if (oid.length() > 200 || !OID.matcher(oid).matches()) {
            throw new IllegalArgumentException("not an object identifier");
        }
        der = der.clone();
    }

    @Override
    public byte[] der() {
        return der.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Extension that
                && oid.equals(that.oid)
                && critical == that.critical
                && Arrays.equals(der, that.der);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * oid.hashCode() + Boolean.hashCode(critical)) + Arrays.hashCode(der);
    }

    @Override
    public String toString() {
        return oid + (critical ? " critical " : " ") + HexFormat.of().formatHex(der);
    }
}
