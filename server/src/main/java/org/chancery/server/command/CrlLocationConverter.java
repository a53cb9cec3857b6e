package org.chancery.server.command;

import org.chancery.server.config.CrlLocation;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A file, or an http or https URL.
final class CrlLocationConverter implements ITypeConverter<CrlLocation> {

    /// For picocli.
    CrlLocationConverter() {}

    @Override
    public CrlLocation convert(String text) {
        try {
            return CrlLocation.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
