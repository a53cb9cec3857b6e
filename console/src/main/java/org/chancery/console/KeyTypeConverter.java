package org.chancery.console;

import org.chancery.pki.key.KeyAlgorithm;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// `ec-p256` and the like.
public final class KeyTypeConverter implements ITypeConverter<KeyAlgorithm> {
    /// For picocli.
    public KeyTypeConverter() {}

    @Override
    public KeyAlgorithm convert(String text) {
        try {
            return KeyAlgorithm.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
