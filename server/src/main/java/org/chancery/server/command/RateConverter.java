package org.chancery.server.command;

import org.chancery.server.config.Rate;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// `50/500`: how many a second, and how many at once.
final class RateConverter implements ITypeConverter<Rate> {

    @Override
    public Rate convert(String text) {
        try {
            return Rate.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
