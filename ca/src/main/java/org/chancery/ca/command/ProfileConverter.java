package org.chancery.ca.command;

import org.chancery.ca.profile.CertificateProfile;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// `client` or `server`.
final class ProfileConverter implements ITypeConverter<CertificateProfile> {
    @Override
    public CertificateProfile convert(String text) {
        return CertificateProfile.named(text)
                .orElseThrow(() -> new TypeConversionException("profile " + text + ", known are client, server"));
    }
}
