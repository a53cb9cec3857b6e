package org.chancery.client.command;

import org.chancery.client.connection.RelayAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// `127.0.0.1:65432` and the like.
final class RelayAddressConverter implements ITypeConverter<RelayAddress> {
    @Override
    public RelayAddress convert(String text) {
        try {
            return RelayAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
