package org.chancery.client.command;

import org.chancery.pki.name.Address;
import org.chancery.pki.name.MalformedNameException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// `bob@lab.example` and the like, ASCII case folded.
final class AddressConverter implements ITypeConverter<Address> {
    @Override
    public Address convert(String text) {
        try {
            return Address.parse(text);
        } catch (MalformedNameException e) {
            throw new TypeConversionException("'" + text + "': " + e.getMessage());
        }
    }
}
